using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Runs;

/// <summary>Waits until runs have ended, and writes what became of each; one that failed is an error as well.</summary>
[Cmdlet(VerbsLifecycle.Wait, "FlowRun")]
[OutputType(typeof(FlowRun))]
public sealed class WaitFlowRunCommand : FlowEntityCmdlet
{
    /// <summary>Dataflows, of each of which the newest run is meant, or the first where none has come yet.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string[] FlowId { get; set; } = [];

    /// <summary>The ids of runs; with them, the dataflow does not matter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>How long to wait for each; without end by default.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Waits for each.</summary>
    protected override void ProcessRecord()
    {
        var runs = new FlowRuns(Client);
        if (RunId.Length == 0 && FlowId.Length == 0)
            Throw(FlowRefusal.Of("FlowInvalidArgument", "It is not said what to wait for.", "Give -FlowId or -RunId, or pipe in flows or runs."));
        foreach (string id in RunId)
            Wait(Checked(() => runs.Follow(id), id), id, $"run {id}");
        if (RunId.Length > 0)
            return;
        foreach (string id in FlowId)
            Wait(cancel => runs.FindNewestAsync(id, cancel), id, $"a run of flow {Shown(FlowEntity.Flow, id)}");
    }

    private void Wait(Func<CancellationToken, Task<FlowRun?>> find, string id, string what)
    {
        if (!TryAwait(Checked(() => FlowRunWait.For(this, find, what, Timeout, Stop), id), id, out FlowRun? run))
            return;
        Tell(run, id, what);
        if (run is not null)
            WriteObject(run);
    }

    private void Tell(FlowRun? run, string id, string what)
    {
        if (run is not { IsFinished: true })
        {
            string state = run is null ? "it has not begun" : $"it is {run.State}";
            WriteError(new FlowException("FlowRunTimeout", AdxErrorKind.Timeout, $"Waiting for {what} took longer than {Timeout}; {state}.")
            {
                RecommendedAction = "Wait again with a longer -Timeout, or look later with Get-FlowRun. The run goes on.",
            }.ToErrorRecord(id));
        }
        else if (run.State == FlowRunState.Failed)
        {
            WriteError(FlowRunErrors.Failed(run).ToErrorRecord(run));
        }
        else if (run.State == FlowRunState.PartialSuccess)
        {
            WriteWarning(FlowRunErrors.Remark(run));
        }
    }
}
