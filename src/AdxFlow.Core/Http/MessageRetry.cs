using Azure.Core;

namespace AdxFlow.Http;

/// <summary>Says of one message how far it may be sent again. Without a word, the HTTP method decides.</summary>
internal static class MessageRetry
{
    private const string Key = "AdxFlow.Retry";

    /// <summary>
    /// Sending the message twice does no harm, though its method is POST:
    /// the queued-ingestion request, say, which promises each batch at least once.
    /// </summary>
    public static void MarkRetriable(this HttpMessage message) => message.SetProperty(Key, RetryScope.Any);

    /// <summary>The same for what somebody waits for: where there is nobody to ask, one try is enough.</summary>
    public static void MarkRetriableWherePresent(this HttpMessage message) => message.SetProperty(Key, RetryScope.Present);

    /// <summary>One try only. For a first contact, where a wrong address should be told at once.</summary>
    public static void MarkSingleTry(this HttpMessage message) => message.SetProperty(Key, RetryScope.None);

    /// <summary>What has been said of the message, or what its method implies.</summary>
    internal static RetryScope ScopeOf(HttpMessage message)
    {
        if (message.TryGetProperty(Key, out object? value) && value is RetryScope scope)
            return scope;

        RequestMethod method = message.Request.Method;
        return method == RequestMethod.Get || method == RequestMethod.Head || method == RequestMethod.Put || method == RequestMethod.Delete
            ? RetryScope.Any
            : RetryScope.NotProcessed;
    }
}
