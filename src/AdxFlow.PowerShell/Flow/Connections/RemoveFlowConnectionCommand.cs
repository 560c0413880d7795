using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Deletes base connections that no flow uses any more.</summary>
[Cmdlet(VerbsCommon.Remove, "FlowConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFlowConnectionCommand : ConnectionIdCmdlet
{
    /// <summary>Deletes each; one that is in use stays, and its error names the flows.</summary>
    protected override void ProcessRecord() => Delete(FlowEntity.Connection, ConnectionId, "Delete the connection", id => Connections.DeleteAsync(id, Stop));
}
