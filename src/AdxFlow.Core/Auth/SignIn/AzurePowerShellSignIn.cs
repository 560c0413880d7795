using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

/// <summary>As whoever is signed in to Azure PowerShell. A PowerShell process of its own is asked, so only a sign-in that was saved is seen (Enable-AzContextAutosave).</summary>
internal sealed class AzurePowerShellSignIn : EntraSignIn
{
    public AzurePowerShellSignIn(string? tenantId)
        : base(AdxSignInKind.AzurePowerShell)
    {
        Tenant = Optional(tenantId);
    }

    private protected override TokenCredential Create(SignInContext context) =>
        new AzurePowerShellCredential(context.Options(new AzurePowerShellCredentialOptions { TenantId = Tenant, ProcessTimeout = context.Timeout }));
}
