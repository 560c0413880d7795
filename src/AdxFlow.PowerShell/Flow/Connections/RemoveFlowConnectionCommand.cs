using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Deletes base connections that no flow uses any more.</summary>
[Cmdlet(VerbsCommon.Remove, "FlowConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFlowConnectionCommand : ConnectionIdCmdlet
{
    /// <summary>Deletes each; one that is in use stays, and its error names the flows.</summary>
    protected override void ProcessRecord()
    {
        foreach (string id in ConnectionId)
        {
            if (ShouldProcess(Shown(id), "Delete the connection") && TryAwait(Checked(() => Connections.DeleteAsync(id, Stop), id), id))
                State.FlowNames.Forget(SignedIn, FlowEntity.Connection, id);
        }
    }
}
