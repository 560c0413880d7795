using System.Net.Http.Headers;
using System.Net.Sockets;
using Azure;
using Azure.Core;

namespace AdxFlow.Http;

/// <summary>
/// Tells transient from permanent failures, and which of the transient ones a message may be repeated after.
/// A query or command that the service may have begun is never repeated: it could do its work twice.
/// </summary>
internal sealed class ServiceResponseClassifier : ResponseClassifier
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public override bool IsRetriableResponse(HttpMessage message)
    {
        if (AsksForLongWait(message.Response))
            return false;

        RetryScope scope = MessageRetry.ScopeOf(message);
        return message.Response.Status switch
        {
            429 => scope != RetryScope.None,
            // 412 is no precondition here but a suspended cluster, and 501 will never be implemented by waiting.
            408 or 500 or 502 or 503 or 504 or 520 => scope is RetryScope.Any or RetryScope.Present,
            _ => false,
        };
    }

    /// <summary>A Retry-After is kept, whoever wrote it; one that asks for longer is an answer for whoever waits here.</summary>
    private static bool AsksForLongWait(Response response) =>
        response.Headers.TryGetValue("Retry-After", out string? text) && RetryConditionHeaderValue.TryParse(text, out RetryConditionHeaderValue? wait)
        && (wait.Delta ?? wait.Date - DateTimeOffset.UtcNow) > LongestWait;

    public override bool IsRetriable(HttpMessage message, Exception exception)
    {
        if (message.CancellationToken.IsCancellationRequested)
            return false;
        // Our own errors are final, but for a proxy that may come back.
        if (exception is AdxException own)
            return MessageRetry.ScopeOf(message) == RetryScope.Any && own is { Kind: AdxErrorKind.ConnectionFailed, IsPermanent: false };

        return MessageRetry.ScopeOf(message) switch
        {
            RetryScope.Any => IsTransient(exception),
            RetryScope.Present => IsTransient(exception) && !ConnectFailures.IsAbsent(exception) && !HasTimedOut(exception),
            RetryScope.NotProcessed => WasNeverConnected(exception) && !ConnectFailures.IsAbsent(exception),
            _ => false,
        };
    }

    public override bool IsRetriableException(Exception exception) =>
        exception is IOException or HttpRequestException or RequestFailedException { Status: 0 };

    public override bool IsErrorResponse(HttpMessage message) => message.Response.Status is < 200 or >= 300;

    private bool IsTransient(Exception exception) =>
        (IsRetriableException(exception) || exception is OperationCanceledException) && !ConnectFailures.IsTls(exception);

    /// <summary>True where the time that was given for the answer is over, be it of any length.</summary>
    private static bool HasTimedOut(Exception exception) => exception is OperationCanceledException && !ConnectFailures.IsConnectTimeout(exception);

    /// <summary>True where no connection came about, so that no byte of the request can have arrived.</summary>
    internal static bool WasNeverConnected(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException http
                && http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError)
                return true;
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable })
                return true;
        }

        return false;
    }
}
