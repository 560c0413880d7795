using System.Management.Automation;

namespace AdxFlow.PowerShell.Adx;

/// <summary>
/// Gives a principal the right to ingest: the role ingestors of the table, and the database role that it depends on. What
/// stands already is left as it is.
/// </summary>
[Cmdlet(VerbsSecurity.Grant, "AdxIngestor", DefaultParameterSetName = PrincipalSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class GrantAdxIngestorCommand : IngestorCmdlet
{
    /// <summary>
    /// The database role to give along with the table's: User (the default, as in Microsoft's article; reads all data and
    /// makes tables), Ingestor (ingests into all tables), or None (it must have one already).
    /// </summary>
    [Parameter]
    public AdxDatabaseRole? DatabaseRole { get; set; }

    /// <summary>A note kept with the role, to tell later why it was given.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Note { get; set; }

    /// <summary>Grants, reads back, and writes what stands.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxPrincipal who in Who())
        {
            if (!ShouldProcess(who.ToString(), $"Grant the right to ingest into {Scope}"))
                continue;
            if (TryAwait(Ingestors.GrantAsync(who, Table, DatabaseRole, Connected.Database, Note, Stop), who.ToString(), out IReadOnlyList<AdxRoleAssignment>? standing))
                WriteRoles(standing);
        }
    }
}
