using System.Management.Automation;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>A cmdlet that says when a dataflow runs, which rows are new to a run, and how many of them may fail.</summary>
public abstract class FlowScheduleCmdlet : FlowEntityCmdlet
{
    /// <summary>How often it runs; Once by default for a new flow.</summary>
    [Parameter]
    public FlowFrequency? Frequency { get; set; }

    /// <summary>How many units of the frequency lie between two runs; for a new flow 15 for Minute, else 1 by default.</summary>
    [Parameter]
    public int? Interval { get; set; }

    /// <summary>When it starts, in five minutes by default for a new flow; that of an existing one can change only before it was due.</summary>
    [Parameter]
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>The column by whose time each run tells the rows that are new; for every frequency but Once.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeltaColumn { get; set; }

    /// <summary>The version of the mapping; by default the one that a new flow's mapping has, and 0 for an existing flow's new mapping.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MappingVersion { get; set; }

    /// <summary>The percentage of rows that may fail before a run fails.</summary>
    [Parameter]
    public double? PartialIngestionPercent { get; set; }
}
