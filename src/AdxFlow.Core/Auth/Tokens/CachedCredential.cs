using System.Diagnostics.CodeAnalysis;
using AdxFlow.Http;
using Azure.Core;

namespace AdxFlow.Auth;

/// <summary>
/// Keeps the last token and renews it ahead of its end, so that the token got while connecting serves both pipelines, and a run of many
/// hours never waits for one: while one caller renews, the others go on with the token they have. What fails is told by kind of sign-in.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to free.")]
internal sealed class CachedCredential(TokenCredential inner, AdxSignInKind kind, Uri authority, TimeSpan? timeout, TimeProvider clock) : TokenCredential
{
    /// <summary>How long before its end a token is renewed, where its issuer does not say.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a token that is still good is used on before the next try to renew it: after one that failed, or that brought a token
    /// which lives no longer than the margin, as an endpoint does that keeps tokens itself.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _renewing = new(1, 1);
    private HeldToken? _held;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        HeldToken? held = Volatile.Read(ref _held);
        DateTimeOffset now = clock.GetUtcNow();
        // Claims are a challenge: the service has refused the present token.
        if (held is null || requestContext.Claims is not null || now >= held.Token.ExpiresOn)
            return new(RenewAsync(held, requestContext, cancellationToken));

        return now < held.RenewAt || !_renewing.Wait(0, CancellationToken.None) ? new(held.Token) : new(RenewEarlyAsync(held, requestContext, cancellationToken));
    }

    /// <summary>Gets a token that must be new. One caller asks; those who waited for it take what it got.</summary>
    private async Task<AccessToken> RenewAsync(HeldToken? old, TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            HeldToken? held = Volatile.Read(ref _held);
            bool renewed = held is not null && !ReferenceEquals(held, old)
                && clock.GetUtcNow() < held.Token.ExpiresOn && (requestContext.Claims is null || requestContext.Claims == held.Claims);
            return renewed ? held!.Token : await RequestAsync(requestContext, cancellationToken);
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Renews a token that is still good; where that fails, it is good enough for now.</summary>
    private async Task<AccessToken> RenewEarlyAsync(HeldToken old, TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            // Another caller may have been through between the look at the token and the turn to renew it.
            HeldToken held = Volatile.Read(ref _held) ?? old;
            return ReferenceEquals(held, old) ? await RequestAsync(requestContext, cancellationToken) : held.Token;
        }
        catch (AdxException) when (clock.GetUtcNow() < old.Token.ExpiresOn)
        {
            Volatile.Write(ref _held, old with { RenewAt = clock.GetUtcNow() + Pause });
            return old.Token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    private async Task<AccessToken> RequestAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            AccessToken token = await inner.GetTokenAsync(requestContext, either.Token);
            DateTimeOffset due = token.RefreshOn ?? token.ExpiresOn - Margin;
            DateTimeOffset soonest = clock.GetUtcNow() + Pause;
            Volatile.Write(ref _held, new HeldToken(token, due > soonest ? due : soonest, requestContext.Claims));
            return token;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw timer.IsCancellationRequested && failure is not AdxException
                ? AuthenticationErrors.TimedOut(kind, authority, timeout!.Value, failure)
                : AuthenticationErrors.From(failure, kind, authority);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Azure.Identity wraps some of the cancellations that the caller asked for.
            throw new OperationCanceledException("The sign-in was cancelled.", failure, cancellationToken);
        }
    }

    /// <summary>A token, from when on it is to be renewed, and the challenge it was the answer to.</summary>
    private sealed record HeldToken(AccessToken Token, DateTimeOffset RenewAt, string? Claims)
    {
        // The generated text would print the token.
        public override string ToString() => nameof(HeldToken);
    }
}
