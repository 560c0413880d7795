using System.Management.Automation;
using AdxFlow.Flow;

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
                WriteWarning($"The connection {Shown(id)} does not work: {Await(ReasonAsync(id))}");
            WriteObject(works);
        }
    }

    /// <summary>The test itself says no more than no; looking at the tables fails with a reason.</summary>
    private async Task<string> ReasonAsync(string id)
    {
        try
        {
            await foreach (FlowTable _ in new FlowExplorer(Client).ListAsync(id, Stop))
                break;
            return "the connector gives no reason.";
        }
        catch (FlowException reason)
        {
            return reason.Message;
        }
    }
}
