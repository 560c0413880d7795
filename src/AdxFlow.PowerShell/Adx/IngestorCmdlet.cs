using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>What Grant- and Revoke-AdxIngestor share: of whom it is, and where.</summary>
public abstract class IngestorCmdlet : ConnectedCmdlet
{
    private const string ApplicationSet = "Application";
    private const string ManagedIdentitySet = "ManagedIdentity";
    private protected const string PrincipalSet = "Principal";

    /// <summary>The application (client) id of a service principal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApplicationSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    /// <summary>The object (principal) id of a managed identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ManagedIdentityId { get; set; }

    /// <summary>The tenant (directory) of the application or managed identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApplicationSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>A principal in ADX's own form: <c>aadapp=…;…</c>, <c>aaduser=…</c>, <c>aadgroup=…</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PrincipalSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Principal { get; set; }

    /// <summary>The table; the whole database by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? Table { get; set; }

    private protected AdxIngestorGrant Ingestors => new(new AdxRoles(Client));

    private protected string Scope => Table is null ? $"database {Connected.Database}" : $"table {Connected.Database}.{Table}";

    /// <summary>The principal meant, or an error about what was given.</summary>
    private protected AdxPrincipal Who()
    {
        try
        {
            return AdxPrincipal.Parse(ParameterSetName switch
            {
                PrincipalSet => Principal!,
                _ => $"aadapp={ApplicationId ?? ManagedIdentityId};{TenantId}",
            });
        }
        catch (AdxException failure)
        {
            Throw(failure, Principal ?? ApplicationId ?? ManagedIdentityId);
            throw;
        }
    }
}
