using Azure.Core;
using Azure.Identity;

namespace AdxFlow.Auth;

internal sealed class AzureCliSignIn() : AdxSignIn(AdxSignInKind.AzureCli)
{
    internal override TokenCredential? CreateCredential(SignInContext context) =>
        context.Metadata.RequiresSignIn
            ? new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = context.Metadata.LoginEndpoint })
            : null;
}
