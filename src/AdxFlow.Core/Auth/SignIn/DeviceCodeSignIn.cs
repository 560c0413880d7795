using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class DeviceCodeSignIn : EntraSignIn
{
    private readonly Action<string> _show;

    public DeviceCodeSignIn(Action<string> show, string? tenantId)
        : base(AdxSignInKind.DeviceCode)
    {
        ArgumentNullException.ThrowIfNull(show);
        _show = show;
        Tenant = Optional(tenantId);
    }

    internal override TimeSpan? DefaultTimeout => null;

    private protected override TokenCredential Create(SignInContext context)
    {
        var credential = new DeviceCodeCredential(context.Options(new DeviceCodeCredentialOptions
        {
            ClientId = context.Metadata.ClientApplicationId,
            TenantId = Tenant,
            DisableInstanceDiscovery = context.DisableInstanceDiscovery,
            DisableAutomaticAuthentication = true,
            DeviceCodeCallback = (code, _) =>
            {
                _show(code.Message);
                return Task.CompletedTask;
            },
        }));
        return new AttendedCredential(credential, credential.AuthenticateAsync);
    }
}
