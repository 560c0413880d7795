using System.Collections.Concurrent;
using System.Text.Json;
using AdxFlow.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Auth;

/// <summary>Fetches a cluster's sign-in metadata, once per origin and process. This machine's own servers come and go, so they are asked each time.</summary>
internal static class CloudMetadataSource
{
    private static readonly ConcurrentDictionary<string, CloudMetadata> Cache = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The metadata of a cluster. The host has been checked before.</summary>
    public static async Task<CloudMetadata> GetAsync(Uri cluster, HttpPipeline anonymous, CancellationToken cancellationToken)
    {
        string origin = cluster.GetLeftPart(UriPartial.Authority);
        if (Cache.TryGetValue(origin, out CloudMetadata? known))
            return known;

        CloudMetadata metadata = await FetchAsync(new Uri(origin + "/v1/rest/auth/metadata"), anonymous, cancellationToken);
        if (!LoopbackHost.IsLoopback(cluster))
            Cache.TryAdd(origin, metadata);
        return metadata;
    }

    private static async Task<CloudMetadata> FetchAsync(Uri address, HttpPipeline anonymous, CancellationToken cancellationToken)
    {
        using HttpMessage message = anonymous.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.ClientRequestId = ClientRequestId.New("Connect");
        message.NetworkTimeout = TimeSpan.FromSeconds(30);
        message.MarkSingleTry();

        var context = new ErrorContext(ServiceOperation.Connect) { ClientRequestId = message.Request.ClientRequestId };
        try
        {
            await anonymous.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (ServiceErrors.From(failure, address, context, cancellationToken) is { } error && error != failure)
        {
            throw error;
        }

        return message.Response.Status switch
        {
            200 => Parse(message.Response.Content.ToMemory(), address),
            404 => CloudMetadata.PublicCloud,
            _ => throw ServiceErrors.From(message.Response, context),
        };
    }

    internal static CloudMetadata Parse(ReadOnlyMemory<byte> body, Uri address)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return CloudMetadata.PublicCloud;

        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("AzureAD", out JsonElement entra))
                return CloudMetadata.PublicCloud;
            if (entra.ValueKind == JsonValueKind.Null)
                return CloudMetadata.NoSignIn;

            Uri login = Address(entra, "LoginEndpoint") ?? CloudMetadata.PublicCloud.LoginEndpoint;
            Uri resource = Address(entra, "KustoServiceResourceId") ?? CloudMetadata.PublicCloud.ServiceResource;
            bool multiFactor = entra.TryGetProperty("LoginMfaRequired", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
            if (multiFactor)
                resource = new Uri(resource.OriginalString.Replace(".kusto.", ".kustomfa.", StringComparison.OrdinalIgnoreCase));
            string client = entra.TryGetProperty("KustoClientAppId", out JsonElement application) && application.ValueKind == JsonValueKind.String && Guid.TryParse(application.GetString(), out Guid id)
                ? id.ToString()
                : CloudMetadata.PublicCloud.ClientApplicationId;
            return new CloudMetadata(true, login, resource) { ClientApplicationId = client };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or UriFormatException)
        {
            throw new AdxException("AdxNotACluster", AdxErrorKind.InvalidResult, $"'{address.Host}' does not answer as an Azure Data Explorer cluster does.", unreadable)
            {
                RecommendedAction = "Check the address: it is the 'URI' on the cluster's overview page in the Azure portal.",
            };
        }
    }

    private static Uri? Address(JsonElement entra, string name) =>
        entra.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? new Uri(text, UriKind.Absolute)
            : null;
}
