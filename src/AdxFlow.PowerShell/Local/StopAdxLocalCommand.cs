using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Local;

/// <summary>Stops the embedded stand-in of this process. What it holds in memory is gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AdxLocal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class StopAdxLocalCommand : AdxCmdlet
{
    /// <summary>Stops it, and forgets a default connection or session to it.</summary>
    protected override void EndProcessing()
    {
        if (LocalProcess.Running is not { } running || !ShouldProcess(running.ClusterUri.AbsoluteUri, "Stop the stand-in for Azure Data Explorer"))
            return;
        LocalProcess.Stop();
        if (State.Connection?.Cluster == running.ClusterUri)
            State.Connection = null;
        if (State.Flow?.Uri.Authority == running.FlowUri.Authority)
            State.Flow = null;
    }
}
