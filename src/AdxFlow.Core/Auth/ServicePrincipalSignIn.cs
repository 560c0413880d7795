using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class ServicePrincipalSignIn : AdxSignIn
{
    private readonly string _applicationId;
    private readonly string _secret;
    private readonly string _tenantId;

    public ServicePrincipalSignIn(string applicationId, string secret, string tenantId)
        : base(AdxSignInKind.ServicePrincipal)
    {
        _applicationId = Required(applicationId, "application id");
        _secret = string.IsNullOrEmpty(secret) ? Required(secret, "application's key") : secret;
        _tenantId = Required(tenantId, "tenant id");
    }

    internal override TokenCredential? CreateCredential(SignInContext context)
    {
        if (!context.Metadata.RequiresSignIn)
            return null;

        try
        {
            return new ClientSecretCredential(_tenantId, _applicationId, _secret, new ClientSecretCredentialOptions
            {
                AuthorityHost = context.Metadata.LoginEndpoint,
                Transport = context.Transport,
            });
        }
        catch (ArgumentException invalid)
        {
            // Azure.Identity's own check of the tenant; its message names no secret.
            throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, $"'{_tenantId}' is not a tenant id.", invalid);
        }
    }
}
