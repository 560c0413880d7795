using System.Globalization;
using AdxFlow.Http;
using Azure;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>The one place that turns a failed answer of an Adobe service, or no answer, into a <see cref="FlowException"/>.</summary>
internal static class FlowErrors
{
    /// <summary>The error in an answer that is not a success.</summary>
    public static FlowException From(Response response, FlowRequest request)
    {
        string text = response.ContentStream is null ? string.Empty : response.Content.ToString();
        return From(response.Status, FlowErrorBody.Parse(text), RequestId(response), request);
    }

    /// <summary>The error that a body tells of, with the status it came with.</summary>
    public static FlowException From(int status, FlowErrorBody body, string? requestId, FlowRequest request)
    {
        FlowCode found = FlowCodes.Identify(status, body, request);
        return new FlowException(found.ErrorId, found.Kind, Message(status, body, found, request))
        {
            ServiceCode = body.Code,
            Prefix = body.Prefix,
            StatusCode = status,
            RequestId = body.RequestId ?? requestId,
            IsPermanent = found.Kind is not (AdxErrorKind.Throttled or AdxErrorKind.Timeout) && status < 500,
            RecommendedAction = found.Action,
        };
    }

    /// <summary>What a service answered, in words of our own; its code, status and request id stay.</summary>
    public static FlowException Retold(FlowException? answer, string errorId, AdxErrorKind kind, string message, string action) => new(errorId, kind, message, answer)
    {
        ServiceCode = answer?.ServiceCode,
        Prefix = answer?.Prefix,
        StatusCode = answer?.StatusCode,
        RequestId = answer?.RequestId,
        RecommendedAction = action,
    };

    /// <summary>A change that was made, though what came of it could not be read: else one would take it for undone.</summary>
    /// <param name="unread">Why it could not be read.</param>
    /// <param name="subject">What was changed.</param>
    public static FlowException ChangedUnread(FlowException unread, string subject) =>
        Retold(unread, unread.ErrorId, unread.Kind, $"The {subject} was changed, and could not be read afterwards: {unread.Message}", "The change holds; look at it later.");

    /// <summary>
    /// The error behind an exception of the pipeline: no connection, a broken one, a time-out. What is a <see cref="FlowException"/> already,
    /// and a cancellation that the caller asked for, come back as they are.
    /// </summary>
    public static Exception From(Exception exception, Uri address, FlowRequest? request, CancellationToken cancellationToken)
    {
        Exception told = ServiceErrors.From(exception, address, new ErrorContext(ServiceOperation.Connect), cancellationToken);
        return told is AdxException error and not FlowException ? Translated(error, address, request) : told;
    }

    /// <summary>The error of an answer that should have been JSON and is not.</summary>
    public static FlowException Unreadable(Response response, Uri address, Exception? cause = null)
    {
        string text = response.ContentStream is null ? string.Empty : response.Content.ToString();
        FlowErrorBody body = FlowErrorBody.Parse(text);
        string what = body.IsWebPage ? $"a web page{Named(body)}" : "something else than JSON";
        return new FlowException("FlowInvalidAnswer", AdxErrorKind.InvalidResult, $"'{address.Host}' answered with {what}, not as an Adobe service does.", cause)
        {
            StatusCode = response.Status,
            RequestId = RequestId(response),
            RecommendedAction = "Check -Uri and -ImsUri of Connect-Flow: a proxy or gateway on the way may have answered instead of the service.",
        };
    }

    private static string Message(int status, FlowErrorBody body, FlowCode found, FlowRequest request)
    {
        string message = body switch
        {
            { IsWebPage: true } => string.Create(CultureInfo.InvariantCulture, $"The service answered with HTTP status {status} and a web page{Named(body)}."),
            { Message: { } told } => Without(request.Secrets, told),
            _ => string.Create(CultureInfo.InvariantCulture, $"The service answered with HTTP status {status} and no message."),
        };
        string about = request.Subject is { } subject && !request.IsNamedIn(message) ? $"{char.ToUpperInvariant(subject[0])}{subject[1..]}: " : string.Empty;
        return found.Remark is null ? about + message : $"{about}{message.TrimEnd('.', ' ')}. {found.Remark}";
    }

    private static string Named(FlowErrorBody page) => page.Message is { Length: > 0 } title ? $" ('{title}')" : string.Empty;

    private static string Without(IReadOnlyList<string> secrets, string message) =>
        secrets.Where(secret => secret.Length > 0).Aggregate(message, (text, secret) => text.Replace(secret, "REDACTED", StringComparison.Ordinal));

    private static string? RequestId(Response response) => response.Headers.TryGetValue("x-request-id", out string? id) ? id : null;

    /// <summary>The same failure, with what to do about it here instead of at a cluster.</summary>
    private static FlowException Translated(AdxException error, Uri address, FlowRequest? request)
    {
        bool mayHaveBeenDone = request is not null && request.Operation.Method == RequestMethod.Post;
        (string id, string action) = error.ErrorId switch
        {
            "AdxConnectionFailed" => ("FlowConnectionFailed", mayHaveBeenDone
                ? "It may have been carried out all the same: look (Get-…) before it is sent a second time."
                : $"Check the network between here and '{address.Host}'; it may need a proxy (Connect-Flow -Proxy)."),
            "AdxTimeout" => ("FlowTimeout", mayHaveBeenDone
                ? "It may have been carried out all the same: look (Get-…) before it is sent a second time."
                : "Try again; if it stays so, check the network between here and the service."),
            "AdxRedirected" => ("FlowRedirected", "Check -Uri and -ImsUri of Connect-Flow, and that no proxy or sign-in page stands between."),
            "AdxProxyAuthenticationFailed" => (error.ErrorId, "Give the name and password that the proxy knows: Connect-Flow -Proxy … -ProxyCredential (Get-Credential)."),
            "AdxProxyFailed" => (error.ErrorId, "Check -Proxy and -ProxyCredential of Connect-Flow. Without them the system's own setting holds (HTTPS_PROXY, NO_PROXY)."),
            _ => (error.ErrorId, error.RecommendedAction ?? "Try again."),
        };
        return new FlowException(id, error.Kind, error.Message, error.InnerException)
        {
            StatusCode = error.StatusCode,
            IsPermanent = error.IsPermanent,
            RecommendedAction = action,
        };
    }
}
