using System.Text.Json;
using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;
using Azure.Core;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The ingestion service's REST: configuration, queueing, status.
/// Source: https://learn.microsoft.com/kusto/management/data-ingestion/queued-ingest-overview-http; where its pages and the
/// OpenAPI file of Microsoft's Java client differ in names or letter case, both are read. The configuration needs no table.
/// </summary>
internal sealed class IngestionServiceClient(AdxConnection connection, string database, string? table)
{
    private readonly Uri _root = new(connection.IngestionUri, "/v1/rest/ingestion/");

    private ErrorContext Context => new(ServiceOperation.Ingest) { Database = database, Table = table, Principal = connection.Principal };

    public async Task<IngestionConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        using JsonDocument answer = await SendAsync(RequestMethod.Get, "configuration", null, cancel);
        var configuration = IngestionConfiguration.Parse(answer.RootElement);
        if (configuration.Containers.Count == 0)
        {
            throw new AdxException("AdxNoContainers", AdxErrorKind.ServiceError, $"The ingestion service at {connection.IngestionUri} names no storage container to upload to.")
            {
                RecommendedAction = "Check that the cluster is running and that its ingestion endpoint is the one connected to.",
            };
        }
        return configuration;
    }

    /// <summary>Queues blobs; returns the operation's id.</summary>
    public async Task<string> QueueAsync(IReadOnlyList<QueuedBlob> blobs, BatchProperties properties, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
            WriteRequest(json, blobs, properties);
        using JsonDocument answer = await SendAsync(RequestMethod.Post, TablePath, body.ToArray(), cancel, properties.IsSingleTry);
        return JsonMembers.Text(answer.RootElement, "ingestionOperationId") ?? throw new AdxException("AdxServiceError", AdxErrorKind.ServiceError, "The ingestion service accepted the batches and named no operation to follow them by.")
        {
            // It took them: to queue them once more would not make it say more.
            IsPermanent = true,
        };
    }

    public async Task<IReadOnlyList<BatchStatus>> GetStatusAsync(string operationId, CancellationToken cancel)
    {
        using JsonDocument answer = await SendAsync(RequestMethod.Get, $"{TablePath}/{Uri.EscapeDataString(operationId)}?details=true", null, cancel);
        return JsonMembers.Find(answer.RootElement, "details") is { ValueKind: JsonValueKind.Array } details
            ? [.. details.EnumerateArray().Select(ReadStatus)]
            : [];
    }

    private string TablePath => $"queued/{Uri.EscapeDataString(database)}/{Uri.EscapeDataString(table ?? string.Empty)}";

    private static void WriteRequest(Utf8JsonWriter json, IReadOnlyList<QueuedBlob> blobs, BatchProperties properties)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", DateTime.UtcNow);
        json.WriteStartArray("blobs");
        foreach (QueuedBlob blob in blobs)
        {
            json.WriteStartObject();
            json.WriteString("url", blob.Uri.AbsoluteUri);
            json.WriteString("sourceId", blob.SourceId);
            if (blob.RawSize is { } rawSize)
                json.WriteNumber("rawSize", rawSize);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("format", properties.Format.ToString().ToLowerInvariant());
        json.WriteBoolean("enableTracking", true);
        json.WriteBoolean("deleteAfterDownload", !properties.KeepBlob);
        if (properties.IgnoreFirstRecord)
            json.WriteBoolean("ignoreFirstRecord", true);
        if (properties.InlineMapping is not null)
            json.WriteString("ingestionMapping", properties.InlineMapping);
        if (properties.MappingName is not null)
            json.WriteString("ingestionMappingReference", properties.MappingName);
        WriteList(json, "tags", properties.Tags);
        WriteList(json, "ingestIfNotExists", properties.IngestIfNotExists);
        if (properties.CreationTime is { } time)
            json.WriteString("creationTime", BatchProperties.Utc(time));
        if (properties.ValidationPolicy is not null)
            json.WriteString("validationPolicy", properties.ValidationPolicy);
        if (properties.SkipBatching)
            json.WriteBoolean("skipBatching", true);
        if (properties.ExtendSchema)
            json.WriteBoolean("extend_schema", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static BatchStatus ReadStatus(JsonElement item)
    {
        string? code = JsonMembers.Text(item, "errorCode");
        Guid id = Guid.TryParse(JsonMembers.Text(item, "sourceId"), out Guid given) ? given : Guid.Empty;
        return new BatchStatus(
            id,
            LostAnswer.Judge(StatusWords.State(JsonMembers.Text(item, "status")), code, JsonMembers.Text(item, "url"), id),
            code,
            StatusWords.IsPermanent(JsonMembers.Text(item, "failureStatus")),
            JsonMembers.Text(item, "details"))
        {
            StartTime = JsonMembers.Time(item, "startTime") ?? JsonMembers.Time(item, "startedAt"),
        };
    }

    private async Task<JsonDocument> SendAsync(RequestMethod method, string path, byte[]? body, CancellationToken cancel, bool isSingleTry = false)
    {
        using HttpMessage message = connection.Pipelines.Ingestion.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(_root, path));
        message.Request.Headers.Add("Accept", "application/json");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json; charset=utf-8");
            message.Request.Content = RequestContent.Create(body);
            // If only the answer was lost, the batch is queued twice: at least once is the promise, and a row too many can be
            // found, one too few cannot. It keeps its source id, by which the two can be told for the same.
            if (isSingleTry)
                message.MarkSingleTry();
            else
                message.MarkRetriable();
        }
        return await ServiceCall.SendForJsonAsync(connection.Pipelines.Ingestion, message, Context, cancel);
    }
}
