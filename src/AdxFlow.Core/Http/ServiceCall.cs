using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>Sends a message and turns everything but a success into an <see cref="AdxException"/>.</summary>
internal static class ServiceCall
{
    public static async Task SendAsync(HttpPipeline pipeline, HttpMessage message, ErrorContext context, CancellationToken cancel)
    {
        try
        {
            await pipeline.SendAsync(message, cancel);
        }
        catch (Exception failure) when (ServiceErrors.From(failure, message.Request.Uri.ToUri(), context, cancel) is { } error && error != failure)
        {
            throw error;
        }
        if (message.Response.Status is < 200 or >= 300)
            throw await ServiceErrors.FromAsync(message.Response, context, cancel);
    }

    public static async Task<JsonDocument> SendForJsonAsync(HttpPipeline pipeline, HttpMessage message, ErrorContext context, CancellationToken cancel)
    {
        await SendAsync(pipeline, message, context, cancel);
        try
        {
            return JsonDocument.Parse(message.Response.Content.ToMemory());
        }
        catch (JsonException unreadable)
        {
            throw new AdxException("AdxServiceError", AdxErrorKind.InvalidResult, $"'{message.Request.Uri.Host}' answered with something else than the JSON expected.", unreadable)
            {
                RecommendedAction = "Check the address: a proxy or gateway on the way may have answered instead of the service.",
            };
        }
    }
}
