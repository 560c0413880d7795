using System.Globalization;
using System.Text.Json;
using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// One request of streaming ingestion to the engine.
/// Source: https://learn.microsoft.com/kusto/api/rest/streaming-ingest; the answer's columns are as Microsoft's SDKs record them.
/// </summary>
internal sealed class StreamingClient(AdxConnection connection)
{
    /// <summary>Sends a batch, once.</summary>
    /// <returns>What failed, null for success, with the time that the service asks to wait; and what it says of an update policy that failed.</returns>
    public async Task<StreamingAnswer> SendAsync(Guid sourceId, int attempt, ReadOnlyMemory<byte> gzip, BatchProperties properties, CancellationToken cancel)
    {
        HttpPipeline engine = connection.Pipelines.Engine;
        using HttpMessage message = engine.CreateMessage();
        message.MarkSingleTry();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(Address(properties));
        // By the batch's id the service's logs tell which requests were the same data.
        message.Request.ClientRequestId = $"AdxFlow.StreamingIngest;{sourceId:D};{attempt}";
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Headers.Add("Content-Type", "application/octet-stream");
        message.Request.Headers.Add("Content-Encoding", "gzip");
        message.Request.Content = RequestContent.Create(gzip);
        var context = new ErrorContext(ServiceOperation.Ingest)
        {
            Database = properties.Database,
            Table = properties.Table,
            Principal = connection.Principal,
            ClientRequestId = message.Request.ClientRequestId,
        };
        try
        {
            await ServiceCall.SendAsync(engine, message, context, cancel);
            return new StreamingAnswer(null, null, UpdatePolicyFailure(message.Response.Content.ToMemory()));
        }
        catch (AdxException failure)
        {
            return new StreamingAnswer(failure, message.HasResponse ? RetryAfter(message.Response.Headers) : null, null);
        }
    }

    private Uri Address(BatchProperties properties)
    {
        string address = $"{connection.Cluster.AbsoluteUri.TrimEnd('/')}/v1/rest/ingest/{Uri.EscapeDataString(properties.Database)}/{Uri.EscapeDataString(properties.Table)}?streamFormat={properties.Format}";
        return new Uri(properties.MappingName is null ? address : $"{address}&mappingName={Uri.EscapeDataString(properties.MappingName)}");
    }

    private static TimeSpan? RetryAfter(ResponseHeaders headers) =>
        headers.TryGetValue("Retry-After", out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is > 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The reason that stands in the answer where the rows are in the table and what an update policy made of them is not.</summary>
    private static string? UpdatePolicyFailure(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            JsonElement table = answer.RootElement.GetProperty("Tables")[0];
            int place = table.GetProperty("Columns").EnumerateArray().TakeWhile(static column => JsonMembers.Text(column, "ColumnName") != "UpdatePolicyFailureReason").Count();
            JsonElement reason = table.GetProperty("Rows")[0][place];
            return reason.ValueKind == JsonValueKind.String && reason.GetString() is { Length: > 0 } text ? Redaction.Clean(text) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The status alone says that the rows are in the table.
            return null;
        }
    }
}
