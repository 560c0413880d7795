using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Changes a dataflow: its name, description, schedule, mapping or what becomes of rows that fail.</summary>
[Cmdlet(VerbsCommon.Set, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Dataflow))]
public sealed class SetFlowCommand : FlowScheduleCmdlet
{
    /// <summary>The id of the dataflow.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowIdCompleter))]
    public string? FlowId { get; set; }

    /// <summary>The new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>Whether the first run takes what the table held before the start time; possible only before that.</summary>
    [Parameter]
    public bool? Backfill { get; set; }

    /// <summary>The new mapping of columns to fields.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingIdCompleter))]
    public string? MappingId { get; set; }

    /// <summary>Whether runs keep what was wrong with each row.</summary>
    [Parameter]
    public bool? ErrorDiagnostics { get; set; }

    /// <summary>The version that is meant; by default that of the object piped in, else the present one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ETag { get; set; }

    /// <summary>Writes the dataflow as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes it.</summary>
    protected override void ProcessRecord()
    {
        var change = new FlowChange
        {
            Name = Name,
            Description = Description,
            Frequency = Frequency,
            Interval = Interval,
            StartTime = StartTime,
            Backfill = Backfill,
            DeltaColumn = DeltaColumn,
            MappingId = MappingId,
            MappingVersion = MappingVersion,
            PartialIngestionPercent = PartialIngestionPercent,
            ErrorDiagnostics = ErrorDiagnostics,
        };
        Checked(() => change.Check(), FlowId);
        if (!ShouldProcess(Shown(FlowEntity.Flow, FlowId!), $"Change {change} of the flow"))
            return;
        if (!TryAwait(Checked(() => new Dataflows(Client).UpdateAsync(FlowId!, change, ETag, Stop), FlowId), FlowId, out Dataflow? flow))
            return;
        if (PassThru)
            Write(FlowEntity.Flow, flow.Id, flow.Name, flow);
        else
            State.FlowNames.Remember(SignedIn, FlowEntity.Flow, flow.Id, flow.Name);
    }
}
