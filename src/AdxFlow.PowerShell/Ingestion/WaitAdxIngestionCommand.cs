using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Waits until the service has finished with ingestions, and writes what became of each; refused batches are errors.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AdxIngestion")]
[OutputType(typeof(AdxIngestion))]
public sealed class WaitAdxIngestionCommand : ConnectedCmdlet
{
    /// <summary>What Send-AdxData wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AdxIngestion[] Ingestion { get; set; } = [];

    /// <summary>How long to wait for each; without end by default.</summary>
    [Parameter]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Waits for each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxIngestion ingestion in Ingestion)
        {
            if (!TryAwait(new IngestionTracker(Connected).WaitAsync(ingestion, Timeout, cancel: Stop), ingestion, out AdxIngestion? now))
                continue;
            State.Remember(now);
            IngestionErrors.WriteFor(this, now, Timeout);
            WriteObject(now);
        }
    }
}
