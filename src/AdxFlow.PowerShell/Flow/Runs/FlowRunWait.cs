using System.Globalization;
using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Runs;

/// <summary>Waits for a run, and shows how far it is.</summary>
internal sealed class FlowRunWait : IProgress<FlowRun?>
{
    private volatile FlowRun? _now;

    /// <summary>The wait, which is over when this returns; its result or failure is the task's.</summary>
    public static Task<FlowRun?> For(PSCmdlet cmdlet, Func<CancellationToken, Task<FlowRun?>> find, string what, TimeSpan timeout, CancellationToken stop)
    {
        var wait = new FlowRunWait();
        using var bar = new ProgressBar(cmdlet, $"Waiting for {what}");
        Task<FlowRun?> task = FlowRuns.WaitAsync(find, timeout, wait, stop);
        ProgressBar.Wait(task, () => bar.Show(wait.Tell));
        return task;
    }

    public void Report(FlowRun? value) => _now = value;

    private string Tell() => _now is not { } run
        ? "not begun yet"
        : run.InputRecords is { } read ? string.Create(CultureInfo.InvariantCulture, $"{run.State}, {read:N0} rows read, {run.OutputRecords ?? 0:N0} written, {run.FailedRecords:N0} left out") : run.State.ToString();
}
