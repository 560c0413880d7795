using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Takes a role on the database, or on a table, from a principal. Writes the roles that are left to it there, if any.</summary>
[Cmdlet(VerbsSecurity.Revoke, "AdxRole", DefaultParameterSetName = PrincipalSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class RevokeAdxRoleCommand : RoleCmdlet
{
    // Several roles of one principal may come by pipeline; what is left to it is known behind the last.
    private readonly Dictionary<(AdxPrincipal Principal, string Database, string? Table), IReadOnlyList<AdxRoleAssignment>> _left = [];

    /// <summary>Revokes, and reads back.</summary>
    protected override void ProcessRecord()
    {
        foreach (RoleRequest asked in Requests())
        {
            string who = asked.Principal.ToString();
            string oneself = asked.Role == AdxRole.Admin && who.Equals(Connected.Principal, StringComparison.OrdinalIgnoreCase)
                ? " from yourself, who may then not be able to give it back"
                : string.Empty;
            if (!ShouldProcess(who, $"Revoke the role {asked.Role} on {asked.Place}{oneself}"))
                continue;
            if (TryAwait(Roles.RevokeAsync(asked.Role, asked.Principal, asked.Database, asked.Table, Stop), who, out IReadOnlyList<AdxRoleAssignment>? left))
                _left[(asked.Principal, asked.Database, asked.Table)] = left;
        }
    }

    /// <summary>Writes what is left.</summary>
    protected override void EndProcessing()
    {
        foreach (IReadOnlyList<AdxRoleAssignment> left in _left.Values)
            WriteRoles(left);
    }
}
