using AdxFlow.Http;
using Azure.Core;

namespace AdxFlow.Auth;

internal sealed class AccessTokenSignIn : EntraSignIn
{
    private readonly string _token;

    public AccessTokenSignIn(string token)
        : base(AdxSignInKind.AccessToken)
    {
        string trimmed = Required(token, "access token");
        if (trimmed.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[7..].TrimStart();
        // A line break would end the header and begin another.
        if (trimmed.Any(letter => letter is <= ' ' or > '~'))
            throw new AdxException("AdxInvalidSignIn", AdxErrorKind.InvalidArgument, "The access token has characters that no token has.")
            {
                RecommendedAction = "Give the token alone, without quotes, line breaks or the word Bearer.",
            };
        _token = trimmed;
    }

    private protected override TokenCredential Create(SignInContext context)
    {
        TokenClaims? claims = TokenClaims.Read(_token);
        if (claims?.Audience is { } audience && !TokenAudience.IsFor(audience, context.Cluster, context.Metadata.ServiceResource))
        {
            string resource = context.Metadata.ServiceResource.OriginalString.TrimEnd('/');
            throw new AdxException("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, $"The access token is for '{Redaction.Clean(audience)}', not for Azure Data Explorer. It was not sent.")
            {
                RecommendedAction = $"Get one for the cluster: (Get-AzAccessToken -ResourceUrl '{resource}' -AsSecureString).Token",
            };
        }

        return new FixedTokenCredential(_token, context.Clock);
    }
}
