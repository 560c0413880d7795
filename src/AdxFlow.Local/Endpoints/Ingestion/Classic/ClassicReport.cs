using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Storage;

namespace AdxFlow.Local.Endpoints.Ingestion.Classic;

/// <summary>Tells how the ingestion that a message asked for ended: in the queues, in the status table, or nowhere, as it wished.</summary>
/// <remarks>Source: Microsoft Learn, "How to ingest data with the REST API" (failure message) and "Kusto.Ingest ingestion
/// status reporting" (levels, methods, the states).</remarks>
internal sealed class ClassicReport(LocalServices services, IngestionMessage? message)
{
    /// <param name="error">Why it failed; null where it did not.</param>
    /// <param name="operationId">The id by which the engine knows it.</param>
    public void Tell(IngestionException? error, Guid operationId)
    {
        ReportLevel level = message?.ReportLevel ?? ReportLevel.FailuresOnly;
        ReportMethod method = message?.ReportMethod ?? ReportMethod.Queue;
        if (level == ReportLevel.None || (error is null && level != ReportLevel.FailuresAndSuccesses)) return;
        StorageAccount account = services.Storage.All[0];
        if (method != ReportMethod.Table)
        {
            string body = Convert.ToBase64String(Body(error, operationId));
            (error is null ? account.Successful : account.Failed)!.Put(body);
        }

        if (method != ReportMethod.Queue && message?.StatusRow is { } row)
            account.Status!.Merge(row.Partition, row.Row, Row(error, operationId));
    }

    private byte[] Body(IngestionException? error, Guid operationId) => LocalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("OperationId", operationId);
        writer.WriteString("Database", message?.Database ?? "");
        writer.WriteString("Table", message?.Table ?? "");
        writer.WriteString(error is null ? "SucceededOn" : "FailedOn", DateTime.UtcNow);
        writer.WriteString("IngestionSourceId", message?.Id ?? Guid.Empty);
        writer.WriteString("IngestionSourcePath", message?.BlobAddress ?? "");
        writer.WriteString("RootActivityId", operationId);
        if (error is not null) WriteFailure(writer, error);
        writer.WriteEndObject();
    });

    private static void WriteFailure(Utf8JsonWriter writer, IngestionException error)
    {
        writer.WriteString("Details", error.Message);
        writer.WriteString("ErrorCode", error.Code);
        writer.WriteString("FailureStatus", Status(error));
        writer.WriteBoolean("OriginatesFromUpdatePolicy", false);
        writer.WriteBoolean("ShouldRetry", error.Transient);
    }

    private JsonObject Row(IngestionException? error, Guid operationId)
    {
        var row = new JsonObject
        {
            ["Status"] = error is null ? "Succeeded" : error.Code == BlobIngestion.Skipped ? "Skipped" : "Failed",
            ["IngestionSourceId"] = message!.Id.ToString(),
            ["IngestionSourcePath"] = message.BlobAddress,
            ["Database"] = message.Database,
            ["Table"] = message.Table,
            ["UpdatedOn"] = JsonValue.Create(DateTime.UtcNow),
            ["UpdatedOn@odata.type"] = "Edm.DateTime",
            ["OperationId"] = operationId.ToString(),
            ["ActivityId"] = operationId.ToString(),
            ["OriginatesFromUpdatePolicy"] = false,
        };
        if (error is null) return row;
        row["ErrorCode"] = error.Code;
        row["FailureStatus"] = Status(error);
        row["Details"] = error.Message;
        return row;
    }

    private static string Status(IngestionException error) => error.Transient ? "Transient" : "Permanent";
}
