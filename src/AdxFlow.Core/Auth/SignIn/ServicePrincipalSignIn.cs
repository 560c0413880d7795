using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class ServicePrincipalSignIn : EntraSignIn
{
    private readonly string _applicationId;
    private readonly string _secret;

    public ServicePrincipalSignIn(string applicationId, string secret, string tenantId)
        : base(AdxSignInKind.ServicePrincipal)
    {
        _applicationId = Required(applicationId, "application id");
        _secret = string.IsNullOrEmpty(secret) ? Required(secret, "application's key") : secret;
        Tenant = Required(tenantId, "tenant id");
    }

    private protected override TokenCredential Create(SignInContext context) =>
        new ClientSecretCredential(Tenant, _applicationId, _secret, context.Options(new ClientSecretCredentialOptions
        {
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
        }));
}
