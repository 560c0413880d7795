namespace AdxFlow.Flow;

/// <summary>
/// What Adobe demands of a run that is started by hand.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/on-demand-ingestion"/>,
/// the runSpec of the flow specification, and the connector's codes 1381 to 1388.
/// </summary>
internal static class RunRules
{
    /// <summary>Says no to a run that the service would refuse, with the reason.</summary>
    /// <param name="flow">The flow to run.</param>
    /// <param name="windowStart">Rows from here on.</param>
    /// <param name="windowEnd">Rows before here.</param>
    /// <param name="deltaColumn">The column that the window is about; null where that is not given.</param>
    /// <exception cref="FlowException">The first rule that is broken.</exception>
    public static void CheckStart(Dataflow flow, DateTimeOffset windowStart, DateTimeOffset windowEnd, string? deltaColumn)
    {
        if (flow.Schedule?.Frequency != FlowFrequency.Once)
        {
            throw FlowRefusal.Of(
                "FlowRunNotOnDemand",
                $"Flow '{flow.Name}' runs {flow.Schedule?.ToString() ?? "by no schedule"}; only a flow of frequency Once runs on demand.",
                "Make a flow with New-Flow -Frequency Once for runs on demand. A run that failed is repeated with Restart-FlowRun.");
        }
        // As they are sent: a window within one second would be none.
        if (FlowBody.Seconds(windowEnd) <= FlowBody.Seconds(windowStart))
            throw FlowRefusal.Of("FlowRunWindowInvalid", "The window of a run ends after it starts, by one second at least.", "Give a -WindowEnd that is later than -WindowStart. Times without a zone are local.");
        if (flow.DeltaColumn is null && deltaColumn is null)
        {
            throw FlowRefusal.Of(
                "FlowRunDeltaColumnMissing",
                $"The first run of flow '{flow.Name}' settles its delta column, and none was given.",
                "Give -DeltaColumn with the column whose time decides which rows belong to the window.");
        }
        if (flow.DeltaColumn is { } settled && deltaColumn is not null && deltaColumn != settled)
            throw FlowRefusal.Of("FlowRunDeltaColumnFixed", $"The delta column of flow '{flow.Name}' is '{settled}' since its first run; it cannot be '{deltaColumn}'.", "Leave -DeltaColumn out.");
    }

    /// <summary>Says no to the repetition of a run that the service would refuse, with the reason.</summary>
    /// <exception cref="FlowException">The first rule that is broken.</exception>
    public static void CheckRestart(FlowRun run, Dataflow flow)
    {
        bool isEmpty = run is { State: FlowRunState.Success, InputRecords: 0 or null };
        if (run.State != FlowRunState.Failed && !isEmpty)
        {
            throw FlowRefusal.Of(
                "FlowRunNotRestartable",
                $"Run '{run.Id}' is {run.State}; only one that failed, or that succeeded with no records, is repeated.",
                run.IsFinished ? "Rows that a run left out are told by Get-FlowRun -RowError; send them again, or start a run of the window with Start-FlowRun." : "Wait for its end with Wait-FlowRun.");
        }
        if (!flow.IsEnabled)
            throw FlowRefusal.Of("FlowNotEnabled", $"Flow '{flow.Name}' is {flow.State ?? "in no known state"}; its runs are repeated only while it is enabled.", "Enable it with Enable-Flow.");
    }
}
