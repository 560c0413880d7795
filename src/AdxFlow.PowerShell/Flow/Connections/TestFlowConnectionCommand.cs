using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Says whether Adobe's connector can sign in to the source: true or false for each connection.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FlowConnection")]
[OutputType(typeof(bool))]
public sealed class TestFlowConnectionCommand : ConnectionIdCmdlet
{
    /// <summary>Tests each; why one fails is a warning.</summary>
    protected override void ProcessRecord()
    {
        foreach (string id in ConnectionId)
        {
            if (!TryAwait(Checked(() => Connections.TestAsync(id, Stop), id), id, out bool works))
                continue;
            if (!works)
                WriteWarning($"The connection {Shown(FlowEntity.Connection, id)} does not work: {Await(new FlowExplorer(Client).FindReasonAsync(id, Stop)) ?? "the connector gives no reason."}");
            WriteObject(works);
        }
    }
}
