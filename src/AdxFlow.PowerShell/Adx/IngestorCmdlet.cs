using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx;

/// <summary>What Grant- and Revoke-AdxIngestor share: of whom it is, and where.</summary>
public abstract class IngestorCmdlet : PrincipalCmdlet
{
    private protected AdxIngestorGrant Ingestors => new(new AdxRoles(Client));

    private protected string Scope => Table is null ? $"database {Connected.Database}" : $"table {Connected.Database}.{Table}";
}
