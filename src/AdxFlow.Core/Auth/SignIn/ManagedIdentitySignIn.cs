using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class ManagedIdentitySignIn(string? clientId) : EntraSignIn(AdxSignInKind.ManagedIdentity)
{
    /// <summary>An identity endpoint is on this machine or one hop away: it answers soon, or there is none.</summary>
    internal override TimeSpan? DefaultTimeout => TimeSpan.FromSeconds(15);

    private protected override TokenCredential Create(SignInContext context)
    {
        string? identity = Optional(clientId);
        if (AutomationEndpoint.FromEnvironment() is { } automation)
            return new AutomationCredential(automation, identity, context.Transport, context.Clock);

        ManagedIdentityId id = identity is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(identity);
        return new ManagedIdentityCredential(context.Options(new ManagedIdentityCredentialOptions(id)));
    }
}
