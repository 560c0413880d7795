using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdxFlow.Http;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Storage;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The message that queues a blob: JSON, in Base64, in XML.
/// Source: https://learn.microsoft.com/kusto/api/netfx/kusto-ingest-client-rest ("Ingestion message internal structure"); the
/// status row as Microsoft's SDKs have it.
/// </summary>
internal static class ClassicMessage
{
    /// <summary>What a queue takes is 64 KiB in Base64.</summary>
    private const int MaxJson = 48 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="AdxException"><c>AdxMessageTooLong</c>: the mapping or the tags are too long for a message.</exception>
    public static byte[] Write(QueuedBlob blob, BatchProperties properties, string identityToken, SignedResource? statusTable)
    {
        byte[] json = Json(writer => WriteMessage(writer, blob, properties, identityToken, statusTable));
        if (json.Length > MaxJson)
        {
            throw new AdxException("AdxMessageTooLong", AdxErrorKind.LimitExceeded, $"The message that queues a batch has {json.Length} bytes; {MaxJson} are the limit. Most of it is the mapping or the tags.")
            {
                RecommendedAction = "Make the mapping with New-AdxMapping and give its name with -MappingName, or give fewer tags.",
            };
        }
        // Base64 needs no escaping in XML.
        return Encoding.UTF8.GetBytes($"<QueueMessage><MessageText>{Convert.ToBase64String(json)}</MessageText></QueueMessage>");
    }

    /// <summary>The row of the status table, as it is before the message is queued.</summary>
    public static byte[] WriteStatusRow(QueuedBlob blob, BatchProperties properties) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("PartitionKey", blob.SourceId);
        json.WriteString("RowKey", blob.SourceId);
        json.WriteString("Status", "Pending");
        json.WriteString("IngestionSourceId", blob.SourceId);
        json.WriteString("IngestionSourcePath", blob.Uri.GetLeftPart(UriPartial.Path));
        json.WriteString("Database", properties.Database);
        json.WriteString("Table", properties.Table);
        json.WriteString("UpdatedOn@odata.type", "Edm.DateTime");
        json.WriteString("UpdatedOn", DateTime.UtcNow);
        json.WriteEndObject();
    });

    private static void WriteMessage(Utf8JsonWriter json, QueuedBlob blob, BatchProperties properties, string identityToken, SignedResource? statusTable)
    {
        json.WriteStartObject();
        json.WriteString("Id", blob.SourceId);
        json.WriteString("BlobPath", blob.Uri.AbsoluteUri);
        if (blob.RawSize is { } rawSize)
            json.WriteNumber("RawDataSize", rawSize);
        json.WriteString("DatabaseName", properties.Database);
        json.WriteString("TableName", properties.Table);
        json.WriteBoolean("RetainBlobOnSuccess", properties.KeepBlob);
        json.WriteBoolean("FlushImmediately", properties.SkipBatching);
        json.WriteBoolean("IgnoreSizeLimit", false);
        // 2 is failures and successes, 1 none; the methods are 1 for the table and 0 for the queues, which all clients share.
        json.WriteNumber("ReportLevel", statusTable is null ? 1 : 2);
        json.WriteNumber("ReportMethod", statusTable is null ? 0 : 1);
        json.WriteString("SourceMessageCreationTime", DateTime.UtcNow);
        json.WriteString("ApplicationForTracing", "AdxFlow");
        json.WriteString("ClientVersionForTracing", TelemetryHeadersPolicy.ClientVersion);
        if (statusTable is not null)
        {
            json.WriteStartObject("IngestionStatusInTable");
            json.WriteString("TableConnectionString", statusTable.At(string.Empty).AbsoluteUri);
            json.WriteString("PartitionKey", blob.SourceId);
            json.WriteString("RowKey", blob.SourceId);
            json.WriteEndObject();
        }
        json.WriteStartObject("AdditionalProperties");
        json.WriteString("authorizationContext", identityToken);
        WriteProperties(json, properties);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>All values are texts here.</summary>
    private static void WriteProperties(Utf8JsonWriter json, BatchProperties properties)
    {
        json.WriteString("format", properties.Format.ToString().ToLowerInvariant());
        if (properties.IgnoreFirstRecord)
            json.WriteString("ignoreFirstRecord", "true");
        if (properties.InlineMapping is not null)
            json.WriteString("ingestionMapping", properties.InlineMapping);
        if (properties.MappingName is not null)
            json.WriteString("ingestionMappingReference", properties.MappingName);
        // The service compares this word exactly, unlike the format. ApacheAvro has mappings of the kind Avro, and a word of its own
        // here, which all of Microsoft's SDKs write.
        if (properties.InlineMapping is not null || properties.MappingName is not null)
            json.WriteString("ingestionMappingType", properties.Format == AdxDataFormat.ApacheAvro ? nameof(AdxDataFormat.ApacheAvro) : PropertyRules.MappingKind(properties.Format).ToString());
        if (properties.Tags.Count > 0)
            json.WriteString("tags", List(properties.Tags));
        if (properties.IngestIfNotExists.Count > 0)
            json.WriteString("ingestIfNotExists", List(properties.IngestIfNotExists));
        if (properties.CreationTime is { } time)
            json.WriteString("creationTime", BatchProperties.Utc(time));
        if (properties.ValidationPolicy is not null)
            json.WriteString("validationPolicy", properties.ValidationPolicy);
        if (properties.ExtendSchema)
            json.WriteString("extend_schema", "true");
    }

    /// <summary>A list as JSON text.</summary>
    public static string List(IReadOnlyList<string> values) => Encoding.UTF8.GetString(Json(json =>
    {
        json.WriteStartArray();
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }));

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Plain))
            write(json);
        return body.ToArray();
    }
}
