using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class InteractiveBrowserSignIn : EntraSignIn
{
    public InteractiveBrowserSignIn(string? tenantId)
        : base(AdxSignInKind.InteractiveBrowser)
    {
        Tenant = Optional(tenantId);
    }

    internal override TimeSpan? DefaultTimeout => null;

    private protected override TokenCredential Create(SignInContext context)
    {
        var credential = new InteractiveBrowserCredential(context.Options(new InteractiveBrowserCredentialOptions
        {
            ClientId = context.Metadata.ClientApplicationId,
            TenantId = Tenant,
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
            DisableAutomaticAuthentication = true,
        }));
        return new AttendedCredential(credential, credential.AuthenticateAsync);
    }
}
