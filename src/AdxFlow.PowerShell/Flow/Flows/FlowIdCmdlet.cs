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
    /// <param name="end">What is done after it, on the pipeline's thread.</param>
    private protected void ForEach(string action, Func<string, Task> act, Action<string> end) => ForEach(FlowEntity.Flow, FlowId, action, act, end);

    /// <summary>Writes a dataflow as it is now, if that is asked for.</summary>
    private protected void WriteNow(string id, bool isAsked)
    {
        if (isAsked && TryAwait(Flows.GetAsync(id, Stop), id, out Dataflow? flow))
            Write(FlowEntity.Flow, flow.Id, flow.Name, flow);
    }
}
