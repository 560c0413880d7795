using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Shows dataflows: all, by name, by id, by state, or those of a connection, source or target.</summary>
[Cmdlet(VerbsCommon.Get, "Flow")]
[OutputType(typeof(Dataflow))]
public sealed class GetFlowCommand : FlowEntityCmdlet
{
    /// <summary>Names or wildcard patterns; all dataflows by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FlowNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of dataflows; with them, nothing else matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string[]? FlowId { get; set; }

    /// <summary>Only those in this state.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowStateCompleter))]
    public new string? State { get; set; }

    /// <summary>Only those whose source goes through this base connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>Only those from this source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceIdCompleter))]
    public string? SourceId { get; set; }

    /// <summary>Only those to this target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string? TargetId { get; set; }

    /// <summary>Writes the dataflows, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var flows = new Dataflows(Client);
        if (FlowId is null)
        {
            var filter = new DataflowFilter { State = State?.ToLowerInvariant(), ConnectionId = ConnectionId, SourceId = SourceId, TargetId = TargetId };
            WriteNamed(flows.ListAsync(filter, Stop), Name, static flow => flow.Name, Write, "flow");
            return;
        }
        WriteById(FlowId, id => flows.GetAsync(id, Stop), Write);
    }

    private void Write(Dataflow flow) => Write(FlowEntity.Flow, flow.Id, flow.Name, flow);
}
