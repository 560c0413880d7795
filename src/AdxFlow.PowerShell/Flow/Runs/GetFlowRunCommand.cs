using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;

namespace AdxFlow.PowerShell.Flow.Runs;

/// <summary>Shows runs of dataflows, newest first, or the rows that they left out.</summary>
[Cmdlet(VerbsCommon.Get, "FlowRun")]
[OutputType(typeof(FlowRun), typeof(FlowRowError))]
public sealed class GetFlowRunCommand : FlowEntityCmdlet
{
    /// <summary>The dataflows; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string[]? FlowId { get; set; }

    /// <summary>The ids of runs; with them, neither dataflow nor time matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? RunId { get; set; }

    /// <summary>Only runs of which this has become.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public new FlowRunState[] State { get; set; } = [];

    /// <summary>Only runs that began after this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only runs that began before this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Writes the rows that the runs left out, instead of the runs.</summary>
    [Parameter]
    public SwitchParameter RowError { get; set; }

    /// <summary>Writes the runs, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var runs = new FlowRuns(Client);
        if (RunId is not null)
        {
            foreach (string id in RunId)
            {
                if (TryAwait(Checked(() => runs.GetAsync(id, Stop), id), id, out FlowRun? run) && (State.Length == 0 || State.Contains(run.State)))
                    Write(runs, run);
            }
            return;
        }
        foreach (string? flowId in FlowId ?? [null!])
        {
            var filter = new FlowRunFilter { FlowId = flowId, States = State, After = After, Before = Before };
            TryEach(runs.ListAsync(filter, Stop), flowId, run => Write(runs, run));
        }
    }

    private void Write(FlowRuns runs, FlowRun run)
    {
        if (!RowError)
        {
            WriteObject(run);
            return;
        }
        foreach (string batchId in run.BatchIds)
            TryEach(runs.GetRowErrorsAsync(batchId, run.Id, Stop), run.Id, row => WriteObject(row));
    }
}
