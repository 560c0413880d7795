using System.Collections.Concurrent;
using System.Management.Automation;
using AdxFlow.Ingestion.Spool;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion.Spool;

/// <summary>Sends what processes that ended left in their spools, and asks what has become of what they had sent.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AdxSpool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AdxIngestion))]
public sealed class ResumeAdxSpoolCommand : ClusterCmdlet
{
    /// <summary>The directory given to Send-AdxData as -SpoolPath, or that of one ingestion in it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SpoolPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Names given with -SpoolName, or ids; with wildcards. All by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SpoolNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Sends batches again that were refused for good, as after mending the table.</summary>
    [Parameter]
    public SwitchParameter RetryRefused { get; set; }

    /// <summary>Sends to the cluster and the database of the connection, even if the spool belongs elsewhere.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until the service has finished with every batch.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits for each spool; without end by default.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Sends each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxSpool spool in Path.SelectMany(path => SpoolPaths.Find(this, path, Name)))
        {
            if (spool.IsInUse)
                WriteWarning($"Spool '{spool.Path}' is left alone: another process, or another call in this one, is at work on it.");
            else if (ShouldProcess($"{spool.Database}.{spool.Table}", $"Send what is left in the spool '{spool.Path}'"))
                Resume(spool);
        }
    }

    private void Resume(AdxSpool spool)
    {
        var accepted = new ConcurrentQueue<AdxIngestionBatch>();
        var options = new SpoolResumption { Wait = Wait, Timeout = Timeout, RetryRefused = RetryRefused, Force = Force, Accepted = accepted.Enqueue };
        AdxConnection connection = Force || spool.Database.Equals(Connected.Database, StringComparison.OrdinalIgnoreCase) ? Connected : Connected.WithDatabase(spool.Database);
        bool isDone = TryAwait(AdxSpools.ResumeAsync(connection, spool.Path, options, Stop), spool, out AdxIngestion? ingestion);
        foreach (AdxIngestionBatch batch in accepted)
            WriteVerbose($"Batch {batch.SourceId}: {batch.Rows} rows, {batch.RawBytes} bytes; queued as operation {batch.OperationId}.");
        if (!isDone)
            return;
        State.Remember(ingestion!);
        if (Wait)
            IngestionErrors.WriteFor(this, ingestion!, Timeout);
        WriteObject(ingestion);
    }
}
