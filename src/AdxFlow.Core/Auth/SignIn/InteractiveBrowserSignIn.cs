using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class InteractiveBrowserSignIn : EntraSignIn
{
    private readonly string? _loginHint;

    public InteractiveBrowserSignIn(string? tenantId, string? loginHint)
        : base(AdxSignInKind.InteractiveBrowser)
    {
        Tenant = Optional(tenantId);
        _loginHint = Optional(loginHint);
    }

    internal override TimeSpan? DefaultTimeout => null;

    private protected override TokenCredential Create(SignInContext context)
    {
        var credential = new InteractiveBrowserCredential(context.Options(new InteractiveBrowserCredentialOptions
        {
            ClientId = context.Metadata.ClientApplicationId,
            TenantId = Tenant,
            LoginHint = _loginHint,
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
            DisableAutomaticAuthentication = true,
        }));
        return new AttendedCredential(credential, credential.AuthenticateAsync);
    }
}
