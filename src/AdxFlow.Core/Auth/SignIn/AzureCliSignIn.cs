using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class AzureCliSignIn : EntraSignIn
{
    public AzureCliSignIn(string? tenantId)
        : base(AdxSignInKind.AzureCli)
    {
        Tenant = Optional(tenantId);
    }

    private protected override TokenCredential Create(SignInContext context) =>
        new AzureCliCredential(context.Options(new AzureCliCredentialOptions { TenantId = Tenant, ProcessTimeout = context.Timeout }));
}
