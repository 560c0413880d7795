using System.Management.Automation;
using AdxFlow.Ingestion.FromStorage;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Has the service stop ingesting containers, and says for what it was too late.</summary>
// No default parameter set: with one, an object that only names its operation would not be bound by its properties.
[Cmdlet(VerbsLifecycle.Stop, "AdxIngestion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxIngestion))]
public sealed class StopAdxIngestionCommand : IngestionCmdlet
{
    /// <summary>Cancels each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxIngestion ingestion in Asked())
        {
            string operations = string.Join(", ", ingestion.Batches.Select(static batch => batch.OperationId).OfType<string>().Distinct());
            if (!ShouldProcess($"{ingestion.Database}.{ingestion.Table}: {operations}", "Cancel ingestion")
                || !TryAwait(new StorageIngestion(Connected).CancelAsync(ingestion, Stop), ingestion, out CanceledIngestion? canceled))
                continue;
            Update(canceled.Ingestion);
            if (ingestion.IsFinished)
                WriteWarning($"It is too late to cancel {ingestion}: the service had finished with it.");
            else if (canceled.Ingested > 0)
                WriteWarning($"It is too late for {canceled.Ingested} of the {canceled.Discovered} blobs: their rows are in '{ingestion.Database}.{ingestion.Table}' and stay there.");
            WriteObject(canceled.Ingestion);
        }
    }
}
