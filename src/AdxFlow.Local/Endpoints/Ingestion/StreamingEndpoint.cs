using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Engine;
using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Streaming ingestion: the data is in the request, or in a blob that it names, and in the table once it is answered.</summary>
/// <remarks>Source: Microsoft Learn, "Streaming ingestion HTTP request", "Configure streaming ingestion" (limits), "Streaming
/// ingestion policy"; a blob as source and the form of the answer: as the SDKs have it.</remarks>
internal sealed class StreamingEndpoint(LocalServices services)
{
    /// <summary>The most that one request may hold, uncompressed.</summary>
    public const int MaxData = 4 * 1024 * 1024;

    private const string RequestException = "Kusto.DataNode.Exceptions.StreamingIngestionRequestException";
    private const int MaxReference = 64 * 1024;

    private static readonly Column[] AnswerColumns =
    [
        new("ConsumedRecordsCount", KustoType.Long), new("UpdatePolicyStatus", KustoType.String),
        new("UpdatePolicyFailureCode", KustoType.String), new("UpdatePolicyFailureReason", KustoType.String),
    ];

    public async Task IngestAsync(Exchange exchange, string databaseName, string table, CancellationToken cancel)
    {
        try
        {
            await TryIngestAsync(exchange, databaseName, table, cancel);
        }
        catch (ServiceException e)
        {
            var failure = new StreamingFailure(services.FindDatabase(databaseName)?.Name ?? databaseName, table, exchange.Caller.Fqn, Describe(exchange), e.Permanent, e.Code);
            services.StreamingFailures.Add(failure, exchange.ActivityId, e.Message);
            throw;
        }
    }

    /// <summary>The properties of a request as the record of its failure tells them.</summary>
    private static string Describe(Exchange exchange) => Encoding.UTF8.GetString(LocalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("Mapping", exchange.Query.GetValueOrDefault("mappingName"));
        writer.WriteString("Format", exchange.Query.GetValueOrDefault("streamFormat"));
        writer.WriteBoolean("Compressed", exchange.Header("Content-Encoding") is { Length: > 0 });
        writer.WriteString("IngestionSource", exchange.Query.ContainsKey("sourceKind") ? "Storage" : "Stream");
        writer.WriteEndObject();
    }));

    private async Task TryIngestAsync(Exchange exchange, string databaseName, string table, CancellationToken cancel)
    {
        if (!services.Options.StreamingIngestion)
        {
            throw new ServiceException(
                404, "StreamingIngestionFunctionalityDisabled", "Not found.", "Kusto.DataNode.Exceptions.StreamingIngestionServiceException", "Streaming ingestion is disabled on this cluster.");
        }

        HostedDatabase database = services.Database(databaseName);
        database.Access.DemandIngest(exchange.Caller, table);
        database.Table(table);
        DemandPolicy(database, table);
        IngestionProperties properties = ReadProperties(exchange, database.Name, table);
        IngestionSource source = await ReadSourceAsync(exchange, database.Name, table, cancel);
        long rows;
        try
        {
            rows = BlobIngestion.Ingest(database, table, [source], properties).Count;
        }
        catch (IngestionException e)
        {
            throw e.Code switch
            {
                "BadRequest_NoRecordsOrWrongFormat" => Refuse("BadRequest", database.Name, table, "The input stream is empty after processing, tip:check stream validity"),
                "BadRequest_FileTooLarge" => TooLarge(),
                _ => Refuse(e.Code, database.Name, table, e.Message),
            };
        }

        await V1Response.SendCommandAsync(exchange, ResultSet.FromRows(AnswerColumns, [[rows, "Inactive", "Unknown", ""]]), cancel);
    }

    private static void DemandPolicy(HostedDatabase database, string table)
    {
        using JsonDocument policy = JsonDocument.Parse(database.Policies.Effective(table, "streamingingestion"));
        bool enabled = policy.RootElement.ValueKind == JsonValueKind.Object && policy.RootElement.TryGetProperty("IsEnabled", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        if (!enabled) throw Refuse("BadRequest_StreamingIngestionPolicyNotEnabled", database.Name, table, "Streaming ingestion policy is not enabled for the table");
    }

    private static IngestionProperties ReadProperties(Exchange exchange, string database, string table)
    {
        string name = exchange.Query.GetValueOrDefault("streamFormat", "");
        if (name.Length == 0) throw Refuse("BadRequest", database, table, "The parameter 'streamFormat' is missing");
        DataFormat format = DataFormats.Parse(name);
        if (!DataFormats.IsStreamed(format))
            throw ServiceException.NotSupported($"The documentation of streaming ingestion does not name the format '{name}', so the local stand-in does not take it there. It may be valid on a cluster.");
        string mapping = exchange.Query.GetValueOrDefault("mappingName", "");
        if (mapping.Length == 0 && DataFormats.IsJson(format))
            throw Refuse("BadRequest_MissingMappingtFailure", database, table, $"The format '{name}' must be ingested with a mapping: 'mappingName' is missing");
        return new IngestionProperties { Format = format, MappingReference = mapping.Length > 0 ? mapping : null, MostBytes = MaxData };
    }

    private async Task<IngestionSource> ReadSourceAsync(Exchange exchange, string database, string table, CancellationToken cancel)
    {
        string kind = exchange.Query.GetValueOrDefault("sourceKind", "");
        if (kind.Length == 0)
        {
            byte[] body = await ReadBodyAsync(exchange, MaxData, cancel);
            return new IngestionSource(BlobContent.FromBytes(body), "");
        }

        if (!kind.Equals("uri", StringComparison.OrdinalIgnoreCase)) throw Refuse("BadRequest", database, table, $"'{kind}' is not a kind of source");
        string address = ReadReference(await ReadBodyAsync(exchange, MaxReference, cancel)) ?? throw Refuse("BadRequest", database, table, "The request has no 'SourceUri'");
        StorageLocator locator = StorageLocator.Parse(address) ?? throw Refuse("BadRequest_InvalidBlobUri", database, table, "The 'SourceUri' is not an absolute http or https address");
        try
        {
            StoredBlob stored = services.Blobs.Find(locator);
            return new IngestionSource(stored.Blob.Content, stored.Address);
        }
        catch (IngestionException e)
        {
            throw Refuse(e.Code, database, table, e.Message);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(Exchange exchange, int limit, CancellationToken cancel)
    {
        try
        {
            return await exchange.ReadBodyAsync(limit, cancel);
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw TooLarge();
        }
    }

    private static string? ReadReference(byte[] body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            JsonProperty uri = json.RootElement.EnumerateObject().FirstOrDefault(p => p.Name.Equals("SourceUri", StringComparison.OrdinalIgnoreCase));
            return uri.Value.ValueKind == JsonValueKind.String ? uri.Value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is not valid UTF-16 shows only when it is read.
            return null;
        }
    }

    private static ServiceException TooLarge() =>
        new(413, "Stream_InputStreamTooLarge", "The request is too large.", RequestException, $"The input stream is too large: a streaming ingestion request takes up to {MaxData} bytes.");

    private static ServiceException Refuse(string code, string database, string table, string why) =>
        new(400, code, "Request is invalid and cannot be executed.", RequestException, $"Bad streaming ingestion request to {database}.{table} : {why}");
}
