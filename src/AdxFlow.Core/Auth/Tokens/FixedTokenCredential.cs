using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>Hands out one token that somebody else got.</summary>
internal sealed class FixedTokenCredential(string token, TimeProvider clock) : TokenCredential
{
    // Without a readable expiry the service is left to judge.
    private readonly AccessToken _token = new(token, TokenClaims.Read(token)?.ExpiresOn ?? clock.GetUtcNow().AddYears(1));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (_token.ExpiresOn <= clock.GetUtcNow())
        {
            throw new AdxException("AdxAuthenticationFailed", AdxErrorKind.AuthenticationFailed, $"The access token ran out at {_token.ExpiresOn.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.")
            {
                RecommendedAction = "Get a new token and run Connect-Adx again. For long runs use a kind of sign-in that renews its token, such as -ManagedIdentity or -Credential.",
            };
        }

        return _token;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
