using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Makes connections of drafts.</summary>
[Cmdlet(VerbsData.Publish, "FlowConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowConnection))]
public sealed class PublishFlowConnectionCommand : ConnectionIdCmdlet
{
    /// <summary>Writes the connections as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Publishes each.</summary>
    protected override void ProcessRecord() => ForEach(FlowEntity.Connection, ConnectionId, "Publish the draft of the connection", id => Connections.PublishAsync(id, Stop), id =>
    {
        if (PassThru && TryAwait(Connections.GetAsync(id, Stop), id, out FlowConnection? published))
            Write(FlowEntity.Connection, published.Id, published.Name ?? string.Empty, published);
    });
}
