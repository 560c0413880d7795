using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>What the cmdlets that give and take roles share: of whom it is, in the forms people know them by.</summary>
public abstract class PrincipalCmdlet : ConnectedCmdlet
{
    private protected const string ApplicationSet = "Application";
    private protected const string ManagedIdentitySet = "ManagedIdentity";
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

    /// <summary>Principals in ADX's own form: <c>aadapp=…;…</c>, <c>aaduser=…</c>, <c>aadgroup=…</c>, <c>msauser=…</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PrincipalSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PrincipalFqn")]
    [PrincipalTransformation]
    [ArgumentCompleter(typeof(PrincipalCompleter))]
    public string[]? Principal { get; set; }

    /// <summary>The table; the whole database by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? Table { get; set; }

    /// <summary>The principals meant. What is none is an error, told before anything is sent.</summary>
    private protected IReadOnlyList<AdxPrincipal> Who() => Read(ParameterSetName == PrincipalSet ? Principal! : [$"aadapp={ApplicationId ?? ManagedIdentityId};{TenantId}"]);

    /// <summary>Writes roles, and remembers whose they are.</summary>
    private protected void WriteRoles(IEnumerable<AdxRoleAssignment> roles)
    {
        foreach (AdxRoleAssignment role in roles)
        {
            State.RememberPrincipal(role);
            WriteObject(role);
        }
    }

    /// <summary>The principals among the texts; each of the others is an error.</summary>
    private protected IReadOnlyList<AdxPrincipal> Read(params string[] texts)
    {
        var principals = new List<AdxPrincipal>();
        foreach (string text in texts)
        {
            if (TryRead(text, out AdxPrincipal? principal))
                principals.Add(principal);
        }
        return principals;
    }

    private bool TryRead(string text, [NotNullWhen(true)] out AdxPrincipal? principal)
    {
        try
        {
            principal = AdxPrincipal.Parse(text);
            return true;
        }
        catch (AdxException failure)
        {
            WriteError(failure.ToErrorRecord(text));
            principal = null;
            return false;
        }
    }
}
