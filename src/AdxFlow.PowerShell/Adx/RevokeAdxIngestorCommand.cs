using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Takes the right to ingest from a principal. Writes the roles that are left to it, if any.</summary>
[Cmdlet(VerbsSecurity.Revoke, "AdxIngestor", DefaultParameterSetName = PrincipalSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class RevokeAdxIngestorCommand : IngestorCmdlet
{
    /// <summary>The database role to take along with the table's; None by default, as other things may stand on it.</summary>
    [Parameter]
    public AdxDatabaseRole DatabaseRole { get; set; } = AdxDatabaseRole.None;

    /// <summary>Revokes, reads back, and writes what is left.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxPrincipal who in Who())
        {
            if (!ShouldProcess(who.ToString(), $"Revoke the right to ingest into {Scope}"))
                continue;
            if (TryAwait(Ingestors.RevokeAsync(who, Table, DatabaseRole, Connected.Database, Stop), who.ToString(), out IReadOnlyList<AdxRoleAssignment>? left))
                WriteRoles(left);
        }
    }
}
