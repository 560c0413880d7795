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
            cmdlet.WriteError(new AdxException("AdxIngestionFailed", AdxErrorKind.InvalidData,
                $"The service did not ingest batch {batch.SourceId} with {batch.Rows} rows into '{ingestion.Database}.{ingestion.Table}': {batch.Error ?? batch.Status.ToString()}{code}")
            {
                ServiceCode = batch.ErrorCode,
                IsPermanent = batch.IsPermanent ?? true,
                RecommendedAction = batch.IsPermanent == false
                    ? "The service calls it transient: send the data again."
                    : "Mend the data, its format or its mapping, then send it again.",
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
}
