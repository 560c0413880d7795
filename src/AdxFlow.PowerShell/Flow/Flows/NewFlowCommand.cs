using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.Connector;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Makes a dataflow: from a table and a dataset in one call, or from a source and a target that exist.</summary>
[Cmdlet(VerbsCommon.New, "Flow", DefaultParameterSetName = TableSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Dataflow))]
public sealed class NewFlowCommand : FlowScheduleCmdlet
{
    private const string TableSet = "Table";
    private const string PartsSet = "Parts";

    /// <summary>The name; no other flow of the sandbox may have it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A few words about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>The base connection to the table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>The table, as Get-FlowTable shows it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowTableCompleter))]
    public string? Table { get; set; }

    /// <summary>The dataset that the rows go into.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string? DatasetId { get; set; }

    /// <summary>The source that the rows come from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceIdCompleter))]
    public string? SourceId { get; set; }

    /// <summary>The target that the rows go to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string? TargetId { get; set; }

    /// <summary>The mapping of columns to fields.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet)]
    [Parameter(ParameterSetName = PartsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingIdCompleter))]
    public string? MappingId { get; set; }

    /// <summary>The first run takes what the table held before the start time as well.</summary>
    [Parameter]
    public SwitchParameter Backfill { get; set; }

    /// <summary>Runs keep what was wrong with each row.</summary>
    [Parameter]
    public SwitchParameter ErrorDiagnostics { get; set; }

    /// <summary>A connection of Connect-Adx to the same cluster, over which the table is looked at first.</summary>
    [Parameter]
    [ValidateNotNull]
    public AdxConnection? AdxConnection { get; set; }

    /// <summary>Makes a draft, which does not run; Publish-Flow makes a flow of it.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        FlowDefinition definition = Checked(Definition, Name);
        string what = Draft ? "Make a draft of a flow" : ParameterSetName == TableSet ? "Make source, target and flow" : "Make a flow";
        if (!ShouldProcess(SignedIn.ToString(), $"{what} '{Name}', {definition.Schedule?.ToString() ?? "without a schedule"}"))
            return;
        if (AdxConnection is not null)
            WarnOfTable(definition);
        if (TryAwait(MakeAsync(definition), Name, out Dataflow? made))
            Write(FlowEntity.Flow, made.Id, made.Name, made);
    }

    private FlowDefinition Definition()
    {
        bool isScheduled = !Draft || Frequency is not null || StartTime is not null || Interval is not null || Backfill;
        var definition = new FlowDefinition
        {
            Name = Name!,
            Description = Description,
            SourceId = SourceId,
            TargetId = TargetId,
            MappingId = MappingId,
            MappingVersion = MappingVersion,
            Schedule = isScheduled ? FlowDefinition.ScheduleOf(Frequency, Interval, StartTime, Backfill) : null,
            DeltaColumn = DeltaColumn,
            PartialIngestionPercent = PartialIngestionPercent,
            ErrorDiagnostics = ErrorDiagnostics ? true : null,
            IsDraft = Draft,
        };
        definition.Check(DateTimeOffset.UtcNow);
        return definition;
    }

    private Task<Dataflow> MakeAsync(FlowDefinition definition)
    {
        var parts = new FlowParts(Client);
        return ParameterSetName == TableSet ? parts.JoinAsync(definition, ConnectionId!, Table!, DatasetId!, Stop) : parts.JoinAsync(definition, Stop);
    }

    /// <summary>What the preflight finds is no reason not to make the flow; nor is a preflight that fails.</summary>
    private void WarnOfTable(FlowDefinition definition)
    {
        if (!TryAwait(new FlowPreflight(new AdxClient(AdxConnection!)).CheckAsync(Client, definition, ConnectionId, Table, Stop), Name, out IReadOnlyList<string>? warnings))
            return;
        foreach (string warning in warnings)
            WriteWarning(warning);
    }
}
