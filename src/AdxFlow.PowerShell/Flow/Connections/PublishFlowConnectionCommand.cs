using System.Management.Automation;

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
    protected override void ProcessRecord()
    {
        foreach (string id in ConnectionId)
        {
            if (!ShouldProcess(Shown(id), "Publish the draft of the connection") || !TryAwait(Checked(() => Connections.PublishAsync(id, Stop), id), id))
                continue;
            if (PassThru && TryAwait(Connections.GetAsync(id, Stop), id, out FlowConnection? published))
                WriteConnection(published);
        }
    }
}
