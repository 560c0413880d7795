using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Waits until the service has finished with ingestions, and writes what became of each; refused batches are errors.</summary>
// No default parameter set: with one, an object that only names its operation would not be bound by its properties.
[Cmdlet(VerbsLifecycle.Wait, "AdxIngestion")]
[OutputType(typeof(AdxIngestion))]
public sealed class WaitAdxIngestionCommand : IngestionCmdlet
{
    /// <summary>How long to wait for each; without end by default.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Waits for each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxIngestion ingestion in Asked())
        {
            if (!TryAwait(IngestionWait.For(this, Connected, ingestion, Timeout, Stop), ingestion, out AdxIngestion? now))
                continue;
            Update(now);
            IngestionErrors.WriteFor(this, now, Timeout);
            WriteObject(now);
        }
    }
}
