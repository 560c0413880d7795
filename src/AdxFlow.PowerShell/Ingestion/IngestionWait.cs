using System.Globalization;
using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Waits for the service, and shows how far it is.</summary>
internal sealed class IngestionWait : IProgress<AdxIngestion>
{
    private volatile AdxIngestion _now;

    private IngestionWait(AdxIngestion ingestion) => _now = ingestion;

    /// <summary>The wait, which is over when this returns; its result or failure is the task's.</summary>
    public static Task<AdxIngestion> For(PSCmdlet cmdlet, AdxConnection connection, AdxIngestion ingestion, TimeSpan timeout, CancellationToken stop)
    {
        var wait = new IngestionWait(ingestion);
        using var bar = new ProgressBar(cmdlet, $"Waiting for the ingestion into {ingestion.Database}.{ingestion.Table}");
        Task<AdxIngestion> task = new IngestionTracker(connection).WaitAsync(ingestion, timeout, wait, stop);
        ProgressBar.Wait(task, () => wait.Tell(bar));
        return task;
    }

    public void Report(AdxIngestion value) => _now = value;

    private void Tell(ProgressBar bar)
    {
        IReadOnlyList<AdxIngestionBatch> batches = _now.Batches;
        int finished = batches.Count(static batch => AdxIngestion.IsFinal(batch.Status));
        int failed = batches.Count(static batch => batch.Status == AdxIngestionStatus.Failed);
        bar.Show(() => string.Create(CultureInfo.InvariantCulture, $"{finished:N0} of {batches.Count:N0} batches finished, {failed:N0} of them refused"), batches.Count == 0 ? -1 : 100 * finished / batches.Count);
    }
}
