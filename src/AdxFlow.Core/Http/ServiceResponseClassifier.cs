using System.Globalization;
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
    // Who asks for more is told of: by a clock that is wrong, here or there, a date may be years away.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public override bool IsRetriableResponse(HttpMessage message)
    {
        if (RetryAfter(message.Response.Headers) > LongestWait)
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

    /// <summary>How long the service asks to wait, in any of the ways that Azure.Core heeds; zero where it does not say.</summary>
    private static TimeSpan RetryAfter(ResponseHeaders headers)
    {
        foreach (string name in (string[])["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (headers.TryGetValue(name, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds))
                return Span(milliseconds / 1000);
        }
        if (!headers.TryGetValue("Retry-After", out string? value))
            return TimeSpan.Zero;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
            return Span(seconds);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment - DateTimeOffset.UtcNow : TimeSpan.Zero;
    }

    private static TimeSpan Span(double seconds) => seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : TimeSpan.Zero;

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
