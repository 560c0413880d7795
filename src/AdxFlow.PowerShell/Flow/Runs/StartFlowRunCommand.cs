using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Runs;

/// <summary>Runs a dataflow of frequency Once over a window of its table.</summary>
[Cmdlet(VerbsLifecycle.Start, "FlowRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowRun))]
public sealed class StartFlowRunCommand : FlowEntityCmdlet
{
    /// <summary>The dataflow.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string? FlowId { get; set; }

    /// <summary>Rows whose delta column is at this time or later.</summary>
    [Parameter(Mandatory = true)]
    public DateTimeOffset WindowStart { get; set; }

    /// <summary>Rows whose delta column is before this time.</summary>
    [Parameter(Mandatory = true)]
    public DateTimeOffset WindowEnd { get; set; }

    /// <summary>The column whose time decides; needed for the first such run of the dataflow, and settled by it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeltaColumn { get; set; }

    /// <summary>When the run begins; now by default.</summary>
    [Parameter]
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Starts it.</summary>
    protected override void ProcessRecord()
    {
        string window = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{WindowStart.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {WindowEnd.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (!ShouldProcess(Shown(FlowEntity.Flow, FlowId!), $"Run the flow over {window}"))
            return;
        if (TryAwait(Checked(() => new FlowRuns(Client).StartAsync(FlowId!, WindowStart, WindowEnd, DeltaColumn, StartTime, Stop), FlowId), FlowId, out FlowRun? run))
            WriteObject(run);
    }
}
