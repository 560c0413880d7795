using System.Text;
using System.Text.Json;
using Azure;

namespace AdxFlow.Http;

/// <summary>The one place that turns a failed answer, or no answer, into an <see cref="AdxException"/>.</summary>
internal static class ServiceErrors
{
    private const int MaxBody = 256 * 1024;

    /// <summary>The error in an answer that is not a success and has been read whole. The body may be of any kind.</summary>
    public static AdxException From(Response response, ErrorContext context) =>
        From(response, ErrorBody.Parse(response.ContentStream is null ? string.Empty : response.Content.ToString()), context);

    /// <summary>The error in an answer that is not a success and whose body is still arriving.</summary>
    public static async ValueTask<AdxException> FromAsync(Response response, ErrorContext context, CancellationToken cancellationToken)
    {
        string body = string.Empty;
        try
        {
            if (response.ContentStream is { } stream)
            {
                byte[] buffer = new byte[MaxBody];
                int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                body = Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidDataException || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The status alone still says what happened.
        }

        return From(response, ErrorBody.Parse(body), context);
    }

    /// <summary>The error in a OneApi object that came inside of an answer with status 200.</summary>
    public static AdxException FromOneApi(JsonElement error, ErrorContext context, bool afterRows)
    {
        ErrorBody body = ErrorBody.Parse(error);
        AdxException classified = ErrorClassification.Classify(null, body, context);
        string id = context.Operation switch
        {
            ServiceOperation.Query => afterRows ? "AdxQueryPartial" : "AdxQueryFailed",
            _ => classified.ErrorId,
        };
        return new AdxException(id, classified.Kind, afterRows ? "The result is incomplete: " + classified.Message : classified.Message)
        {
            ServiceCode = classified.ServiceCode,
            StatusCode = 200,
            IsPermanent = classified.IsPermanent,
            ActivityId = classified.ActivityId,
            ClientRequestId = classified.ClientRequestId,
            RecommendedAction = classified.RecommendedAction,
        };
    }

    /// <summary>
    /// The error behind an exception of the pipeline: no connection, a broken one, a time-out. Where there is no token, the credential has told so itself.
    /// An <see cref="AdxException"/>, and a cancellation that the caller asked for, come back as they are.
    /// </summary>
    public static Exception From(Exception exception, Uri address, ErrorContext context, CancellationToken cancellationToken)
    {
        Exception cause = exception is AggregateException { InnerExceptions: { Count: > 0 } all } ? all[^1] : exception;
        if (cause is OperationCanceledException && cancellationToken.IsCancellationRequested)
            return cause;
        // Azure.Identity wraps whatever comes up from below, be it our own.
        for (Exception? inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is AdxException own)
                return own;
        }

        string host = address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";
        string detail = Redaction.Clean(Innermost(cause).Message);
        return cause switch
        {
            _ when ConnectFailures.IsConnectTimeout(cause) => Unreachable(cause, host, context),
            _ when ConnectFailures.IsTls(cause) => new AdxException("AdxConnectionFailed", AdxErrorKind.ConnectionFailed, $"No secure connection to '{host}' came about: {detail}", cause)
            {
                IsPermanent = true,
                ClientRequestId = context.ClientRequestId,
                RecommendedAction = "Check the address. Where a proxy or firewall here reads https, this machine must trust its certificate.",
            },
            OperationCanceledException or TimeoutException => new AdxException("AdxTimeout", AdxErrorKind.Timeout, $"'{host}' did not answer in time.", cause)
            {
                ClientRequestId = context.ClientRequestId,
                RecommendedAction = context.Operation == ServiceOperation.Query
                    ? "Ask for less, or give the query more time with -Timeout."
                    : "Try again; if it stays so, check the network between here and the service.",
            },
            RequestFailedException or IOException or HttpRequestException or InvalidDataException => ServiceResponseClassifier.WasNeverConnected(cause)
                ? Unreachable(cause, host, context)
                : new AdxException("AdxConnectionFailed", AdxErrorKind.ConnectionFailed, $"The connection to '{host}' broke: {detail}", cause)
                {
                    ClientRequestId = context.ClientRequestId,
                    RecommendedAction = context.Operation == ServiceOperation.Query
                        ? "Try again; if it stays so, check the network between here and the service."
                        : "Try again. A command may have been carried out all the same: look before it is sent a second time.",
                },
            _ => exception,
        };
    }

    private static AdxException From(Response response, ErrorBody body, ErrorContext context)
    {
        string? requestId = body.ClientRequestId
            ?? (response.Headers.TryGetValue("x-ms-client-request-id", out string? echoed) ? echoed : null)
            ?? response.ClientRequestId ?? context.ClientRequestId;
        string? activityId = body.ActivityId ?? (response.Headers.TryGetValue("x-ms-activity-id", out string? activity) ? activity : null);

        AdxException classified = ErrorClassification.Classify(response, body, context);
        return new AdxException(classified.ErrorId, classified.Kind, classified.Message)
        {
            ServiceCode = classified.ServiceCode ?? (response.Headers.TryGetValue("x-ms-error-code", out string? code) ? code : null),
            StatusCode = response.Status,
            IsPermanent = classified.IsPermanent,
            ActivityId = activityId,
            ClientRequestId = requestId,
            RecommendedAction = classified.RecommendedAction,
        };
    }

    private static AdxException Unreachable(Exception cause, string host, ErrorContext context) =>
        new("AdxConnectionFailed", AdxErrorKind.ConnectionFailed, $"'{host}' cannot be reached: {ConnectFailures.Reason(cause)}.", cause)
        {
            ClientRequestId = context.ClientRequestId,
            RecommendedAction = "Check the cluster's address, and that the cluster is running: one that is stopped cannot be reached. A network of its own may need a proxy (-Proxy) or a private endpoint.",
        };

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }
}
