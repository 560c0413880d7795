using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Gives a role on the database, or on a table. Who else has the role keeps it, and what stands already is left as it is.</summary>
[Cmdlet(VerbsSecurity.Grant, "AdxRole", DefaultParameterSetName = PrincipalSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class GrantAdxRoleCommand : RoleCmdlet
{
    /// <summary>A note kept with the role, to tell later why it was given.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Note { get; set; }

    /// <summary>Grants, reads back, and writes the role as it stands.</summary>
    protected override void ProcessRecord()
    {
        foreach (RoleRequest asked in Requests())
        {
            string who = asked.Principal.ToString();
            if (!ShouldProcess(who, $"Grant the role {asked.Role} on {asked.Place}"))
                continue;
            if (TryAwait(Roles.GrantAsync(asked.Role, asked.Principal, asked.Database, asked.Table, Note, Stop), who, out IReadOnlyList<AdxRoleAssignment>? standing))
                WriteRoles(standing);
        }
    }
}
