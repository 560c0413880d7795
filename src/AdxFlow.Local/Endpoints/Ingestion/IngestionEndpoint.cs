using System.Text.Json;
using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>The REST interface of queued ingestion: configuration, queueing, status.</summary>
/// <remarks>Source: Microsoft Learn, "Queued ingestion via REST API", "… configuration", "… status".</remarks>
internal sealed class IngestionEndpoint(LocalServices services)
{
    private const int MaxBlobs = 20;
    private const long MaxBody = 32L * 1024 * 1024;

    public Task SendConfigurationAsync(Exchange exchange)
    {
        AccessControl.Demand(services.Databases.Any(d => d.Access.CanIngestAnywhere(exchange.Caller)), exchange.Caller, "Ingest", "'any database'");
        return exchange.SendJsonAsync(200, LocalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("containerSettings");
            writer.WriteStartArray("containers");
            foreach (string container in services.Storage.SignedContainers())
            {
                writer.WriteStartObject();
                writer.WriteString("path", container);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("lakeFolders");
            writer.WriteEndArray();
            writer.WriteString("refreshInterval", services.Options.ConfigurationRefreshInterval.ToString());
            writer.WriteString("preferredUploadMethod", "Storage");
            writer.WriteEndObject();
            writer.WriteStartObject("ingestionSettings");
            writer.WriteNumber("maxBlobsPerBatch", MaxBlobs);
            writer.WriteNumber("maxDataSize", BlobIngestion.MaxDataSize);
            writer.WriteString("preferredIngestionMethod", services.Options.IngestionMethods == LocalIngestionMethods.ClassicPreferred ? "Legacy" : "Rest");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }));
    }

    public async Task QueueAsync(Exchange exchange, string databaseName, string table, CancellationToken cancel)
    {
        HostedDatabase database = services.Database(databaseName);
        database.Access.DemandIngest(exchange.Caller, table);
        database.Table(table);
        byte[] body = await exchange.ReadBodyAsync(MaxBody, cancel);
        IngestionOperation operation;
        try
        {
            operation = ReadRequest(body, database, table, exchange.Caller);
        }
        catch (InvalidOperationException e)
        {
            // Text that is not valid UTF-16 shows only when it is read.
            throw ServiceException.BadRequest("The request body is not JSON: " + e.Message);
        }

        services.Ingestion.Add(operation);
        await exchange.SendJsonAsync(200, LocalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("ingestionOperationId", operation.Properties.EnableTracking ? operation.Id : "");
            writer.WriteEndObject();
        }));
    }

    public Task SendStatusAsync(Exchange exchange, string databaseName, string table, string operationId)
    {
        HostedDatabase database = services.Database(databaseName);
        database.Access.DemandIngest(exchange.Caller, table);
        IngestionOperation? operation = services.Ingestion.Find(operationId);
        if (operation is null || operation.Database != database || operation.Table != table)
            throw ServiceException.NotFound($"Ingestion operation '{operationId}' of table '{table}' was not found.");
        bool details = exchange.Query.GetValueOrDefault("details", "").Equals("true", StringComparison.OrdinalIgnoreCase);
        return exchange.SendJsonAsync(200, LocalJson.Write(writer => WriteStatus(writer, operation, details)));
    }

    private static void WriteStatus(Utf8JsonWriter writer, IngestionOperation operation, bool details)
    {
        // One look at each blob, so that the counts and the details agree.
        var blobs = operation.Blobs.Select(b => (Blob: b, State: b.Current)).ToList();
        writer.WriteStartObject();
        writer.WriteString("startTime", operation.StartedOn);
        writer.WriteString("lastUpdated", blobs.Max(b => b.State.UpdatedOn));
        writer.WriteStartObject("status");
        writer.WriteNumber("Succeeded", blobs.Count(b => b.State.Status == BlobStatus.Succeeded));
        writer.WriteNumber("Failed", blobs.Count(b => b.State.Status == BlobStatus.Failed));
        writer.WriteNumber("InProgress", blobs.Count(b => b.State.Status is BlobStatus.Queued or BlobStatus.InProgress));
        writer.WriteNumber("Canceled", blobs.Count(b => b.State.Status == BlobStatus.Canceled));
        writer.WriteEndObject();
        if (details)
        {
            writer.WriteStartArray("details");
            foreach ((QueuedBlob blob, QueuedBlob.State state) in blobs)
                WriteDetails(writer, operation, blob, state);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, IngestionOperation operation, QueuedBlob blob, QueuedBlob.State state)
    {
        writer.WriteStartObject();
        if (blob.SourceId is not null) writer.WriteString("sourceId", blob.SourceId);
        writer.WriteString("url", blob.Address);
        writer.WriteString("status", state.Status.ToString());
        writer.WriteString("startTime", operation.StartedOn);
        writer.WriteString("lastUpdated", state.UpdatedOn);
        if (state.Error is { } error)
        {
            writer.WriteString("errorCode", error.Code);
            writer.WriteString("failureStatus", error.Transient ? "Transient" : "Permanent");
            writer.WriteString("details", error.Message);
        }

        writer.WriteEndObject();
    }

    private static IngestionOperation ReadRequest(byte[] body, HostedDatabase database, string table, Caller caller)
    {
        JsonDocument document;
        try
        {
            LocalJson.Demand(body);
            document = JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw ServiceException.BadRequest("The request body is not JSON: " + e.Message);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("blobs", out JsonElement blobs) || blobs.ValueKind != JsonValueKind.Array)
                throw ServiceException.BadRequest("The request has no array 'blobs'.");
            if (!root.TryGetProperty("properties", out JsonElement properties))
                throw ServiceException.BadRequest("The request has no object 'properties'.");
            if (blobs.GetArrayLength() is 0 or > MaxBlobs)
                throw ServiceException.BadRequest($"The request has {blobs.GetArrayLength()} blobs; it must have between 1 and {MaxBlobs}.");
            IngestionProperties read = IngestionProperties.FromJson(properties);
            List<QueuedBlob> queued = [.. blobs.EnumerateArray().Select(ReadBlob)];
            string? twice = queued.GroupBy(b => b.Address, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
            if (twice is not null)
                throw ServiceException.BadRequest($"The blob '{twice}' occurs more than once.", "BlobAlreadyReceived_BlobAlreadyFoundInBatch");
            return new IngestionOperation(database, table, read, queued, caller);
        }
    }

    private static QueuedBlob ReadBlob(JsonElement blob)
    {
        string url = blob.ValueKind == JsonValueKind.Object && blob.TryGetProperty("url", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (url.Length == 0) throw ServiceException.BadRequest("A blob has no 'url'.", "BadRequest_EmptyBlobUri");
        StorageLocator locator = StorageLocator.Parse(url)
            ?? throw ServiceException.BadRequest("The 'url' of a blob is not an absolute http or https address.", "BadRequest_InvalidBlobUri");
        string? sourceId = null;
        if (blob.TryGetProperty("sourceId", out JsonElement id) && id.ValueKind != JsonValueKind.Null)
        {
            sourceId = id.ValueKind == JsonValueKind.String ? id.GetString() : null;
            if (!Guid.TryParse(sourceId, out _)) throw ServiceException.BadRequest("The 'sourceId' of a blob is not a GUID.");
        }

        long? rawSize = blob.TryGetProperty("rawSize", out JsonElement size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out long bytes) ? bytes : null;
        return new QueuedBlob(locator, sourceId, rawSize);
    }
}
