using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>Counts the tries of a request behind the first, by what the try before ended with. It stands behind the retries.</summary>
internal sealed class RetryCountPolicy : HttpPipelinePolicy
{
    private const string Key = "AdxFlow.LastFailure";

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception failure)
        {
            message.SetProperty(Key, failure.GetType().Name);
            throw;
        }
        Note(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception failure)
        {
            message.SetProperty(Key, failure.GetType().Name);
            throw;
        }
        Note(message);
    }

    private static void Count(HttpMessage message)
    {
        if (message.TryGetProperty(Key, out object? failure) && failure is string error)
            Telemetry.CountRetry(error);
    }

    private static void Note(HttpMessage message)
    {
        if (message.Response.Status >= 400)
            message.SetProperty(Key, message.Response.Status.ToString(CultureInfo.InvariantCulture));
    }
}
