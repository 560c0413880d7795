using System.Management.Automation;
using AdxFlow.Flow;

namespace AdxFlow.PowerShell.Flow.Runs;

/// <summary>Repeats runs that failed, or that brought nothing, over the same window.</summary>
[Cmdlet(VerbsLifecycle.Restart, "FlowRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowRun))]
public sealed class RestartFlowRunCommand : FlowEntityCmdlet
{
    /// <summary>The ids of the runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Repeats each, and writes the run that comes of it.</summary>
    protected override void ProcessRecord()
    {
        foreach (string id in RunId)
        {
            if (ShouldProcess(id, "Repeat the run") && TryAwait(Checked(() => new FlowRuns(Client).RestartAsync(id, Stop), id), id, out FlowRun? run))
                WriteObject(run);
        }
    }
}
