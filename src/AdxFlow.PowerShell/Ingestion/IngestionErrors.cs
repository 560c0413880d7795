using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Tells what the service did not take, after waiting for it.</summary>
internal static class IngestionErrors
{
    public static void WriteFor(Cmdlet cmdlet, AdxIngestion ingestion, TimeSpan timeout)
    {
        foreach (AdxIngestionBatch batch in ingestion.Batches.Where(static batch => batch.Status is AdxIngestionStatus.Failed or AdxIngestionStatus.Canceled))
        {
            string code = batch.ErrorCode is null ? "" : $" ({batch.ErrorCode})";
            string rows = batch.Rows is { } count ? $" with {count} rows" : "";
            cmdlet.WriteError(new AdxException("AdxIngestionFailed", AdxErrorKind.InvalidData,
                $"The service did not ingest batch {batch.SourceId}{rows} into '{ingestion.Database}.{ingestion.Table}': {batch.Error ?? batch.Status.ToString()}{code}")
            {
                ServiceCode = batch.ErrorCode,
                IsPermanent = batch.IsPermanent ?? true,
                RecommendedAction = Advice(batch),
            }.ToErrorRecord(batch));
        }
        foreach (AdxIngestionBatch batch in ingestion.Batches.Where(static batch => batch.Status == AdxIngestionStatus.Unknown))
        {
            cmdlet.WriteError(new AdxException("AdxIngestionUnknown", AdxErrorKind.InvalidResult,
                $"Whether batch {batch.SourceId} with {batch.Rows} rows is in '{ingestion.Database}.{ingestion.Table}' cannot be told: an answer of the service was lost, the batch was queued a second time, and its blob was gone by then, as it is once it has been ingested. ({batch.ErrorCode})")
            {
                ServiceCode = batch.ErrorCode,
                RecommendedAction = "Count the rows in the table before the data is sent again: most likely they are there.",
            }.ToErrorRecord(batch));
        }
        if (!ingestion.IsFinished)
        {
            cmdlet.WriteError(new AdxException("AdxIngestionTimeout", AdxErrorKind.Timeout, $"The service was not done with {ingestion} after {timeout}.")
            {
                RecommendedAction = "It goes on by itself. Wait-AdxIngestion waits on; how long the service collects is the table's batching policy, five minutes by default.",
            }.ToErrorRecord(ingestion));
        }
    }

    private static string Advice(AdxIngestionBatch batch) => batch switch
    {
        { IsPermanent: false } => "The service calls it transient: send the data again.",
        { ErrorCode: { } code } when code.Contains("IngestByTagAlreadyExists", StringComparison.OrdinalIgnoreCase) =>
            "Nothing needs to be done if the data under the tag is the same, as after an earlier run: that is what -IngestIfNotExists asks for. Other data needs a tag of its own.",
        _ => "Mend the data, its format or its mapping, then send it again.",
    };
}
