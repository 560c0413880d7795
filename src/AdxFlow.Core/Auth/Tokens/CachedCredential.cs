using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>
/// Keeps the last token until it is about to run out, so that the token got while connecting serves both pipelines:
/// some credentials start a process for each one.
/// </summary>
internal sealed class CachedCredential(TokenCredential inner) : TokenCredential
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private AccessTokenBox? _last;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Fresh(requestContext) ?? Keep(inner.GetToken(requestContext, cancellationToken));

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Fresh(requestContext) ?? Keep(await inner.GetTokenAsync(requestContext, cancellationToken));

    private AccessToken? Fresh(TokenRequestContext requestContext)
    {
        AccessTokenBox? last = Volatile.Read(ref _last);
        // Claims are a challenge: the service has refused the present token.
        bool usable = last is not null && requestContext.Claims is null
            && DateTimeOffset.UtcNow < (last.Token.RefreshOn ?? last.Token.ExpiresOn - Margin);
        return usable ? last!.Token : null;
    }

    private AccessToken Keep(AccessToken token)
    {
        Volatile.Write(ref _last, new AccessTokenBox(token));
        return token;
    }

    /// <summary>The token is a structure; a reference to it changes hands in one piece.</summary>
    private sealed class AccessTokenBox(AccessToken token)
    {
        public AccessToken Token { get; } = token;
    }
}
