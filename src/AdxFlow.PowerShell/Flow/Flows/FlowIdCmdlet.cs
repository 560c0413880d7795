using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>A cmdlet that does something to dataflows that are there.</summary>
public abstract class FlowIdCmdlet : FlowEntityCmdlet
{
    /// <summary>The ids of the dataflows.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string[] FlowId { get; set; } = [];

    private protected Dataflows Flows => new(Client);

    /// <summary>Does it to one after the other, each after asking.</summary>
    /// <param name="action">What is asked about.</param>
    /// <param name="act">What is done.</param>
    /// <param name="passThru">Whether to write each as it is afterwards.</param>
    private protected void ForEach(string action, Func<string, Task> act, bool passThru)
    {
        foreach (string id in FlowId)
        {
            if (!ShouldProcess(Shown(FlowEntity.Flow, id), action) || !TryAwait(Checked(() => act(id), id), id))
                continue;
            if (passThru && TryAwait(Flows.GetAsync(id, Stop), id, out Dataflow? flow))
                Write(FlowEntity.Flow, flow.Id, flow.Name, flow);
        }
    }
}
