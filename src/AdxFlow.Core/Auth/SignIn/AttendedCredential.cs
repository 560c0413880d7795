using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>
/// Asks a person once, for the first token. Later tokens come from the refresh token; where that does not do, it is an error,
/// as nobody expects a browser window, or sees a code, in the middle of a long run.
/// </summary>
internal sealed class AttendedCredential(TokenCredential silent, Func<TokenRequestContext, CancellationToken, Task> ask) : TokenCredential
{
    private bool _asked;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (!_asked)
        {
            await ask(requestContext, cancellationToken);
            _asked = true;
        }

        return await silent.GetTokenAsync(requestContext, cancellationToken);
    }
}
