using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class ManagedIdentitySignIn(string? clientId) : AdxSignIn(AdxSignInKind.ManagedIdentity)
{
    internal override TokenCredential? CreateCredential(SignInContext context)
    {
        if (!context.Metadata.RequiresSignIn)
            return null;

        ManagedIdentityId identity = string.IsNullOrWhiteSpace(clientId)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(clientId.Trim());
        return new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(identity) { Transport = context.Transport });
    }
}
