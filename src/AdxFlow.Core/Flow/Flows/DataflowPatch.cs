using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Writes a change of a flow as JSON Patch. Where the mapping stands among the transformations depends on the flow, so the
/// patch is made from the flow as it was read, and sent with that reading's version.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/update-dataflows"/>.
/// </summary>
internal static class DataflowPatch
{
    /// <summary>The operations; none where nothing would change.</summary>
    /// <param name="flow">The flow as it is.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <exception cref="FlowException">The change breaks a rule.</exception>
    public static FlowPatch Of(Dataflow flow, FlowChange change, DateTimeOffset now)
    {
        var patch = new FlowPatch();
        Set(patch, "/name", flow.Name, change.Name);
        Set(patch, "/description", flow.Description, change.Description);
        AddSchedule(patch, flow, change, now);
        AddTransformations(patch, flow, change);
        AddOptions(patch, flow, change);
        return patch;
    }

    /// <summary>The schedule that the change leads to.</summary>
    public static FlowSchedule ScheduleOf(FlowSchedule? current, FlowChange change)
    {
        FlowFrequency? frequency = change.Frequency ?? current?.Frequency;
        bool isOnce = frequency == FlowFrequency.Once;
        bool becomesRecurring = !isOnce && current?.Frequency is null or FlowFrequency.Once;
        int? keptInterval = isOnce ? null : current?.Interval ?? (becomesRecurring && frequency is { } unit ? ScheduleRules.LeastInterval(unit) : null);
        bool? keptBackfill = isOnce ? null : current?.Backfill ?? (becomesRecurring ? false : null);
        return new FlowSchedule
        {
            Frequency = frequency,
            Interval = change.Interval ?? keptInterval,
            StartTime = change.StartTime?.ToUniversalTime() ?? current?.StartTime,
            Backfill = change.Backfill ?? keptBackfill,
        };
    }

    private static void AddSchedule(FlowPatch patch, Dataflow flow, FlowChange change, DateTimeOffset now)
    {
        if (change is { Frequency: null, Interval: null, StartTime: null, Backfill: null, DeltaColumn: null })
            return;
        FlowSchedule wanted = ScheduleOf(flow.Schedule, change);
        // What the first run on demand settled is no delta column of the schedule.
        bool staysOnce = flow.Schedule?.Frequency == FlowFrequency.Once && wanted.Frequency == FlowFrequency.Once;
        ScheduleChangeRules.Check(flow, wanted, staysOnce ? change.DeltaColumn : DeltaColumnOf(flow, change), now);
        if (flow.Schedule is not { } current)
        {
            patch.Set("/scheduleParams", FlowBody.ScheduleOf(wanted));
            return;
        }
        if (wanted.Frequency is { } frequency && frequency != current.Frequency)
            patch.Replace("/scheduleParams/frequency", FlowBody.Word(frequency));
        Set(patch, "/scheduleParams/interval", current.Interval, wanted.Interval, static interval => interval);
        if (wanted.StartTime != current.StartTime)
            Set(patch, "/scheduleParams/startTime", current.StartTime, wanted.StartTime, static start => FlowBody.Seconds(start));
        Set(patch, "/scheduleParams/backfill", current.Backfill, wanted.Backfill, static backfill => backfill);
    }

    /// <summary>A flow that becomes one that runs once loses its delta column; every other keeps it, or gets the new one.</summary>
    private static string? DeltaColumnOf(Dataflow flow, FlowChange change) =>
        change.DeltaColumn ?? (change.Frequency == FlowFrequency.Once && flow.Schedule?.Frequency != FlowFrequency.Once ? null : flow.DeltaColumn);

    private static void AddTransformations(FlowPatch patch, Dataflow flow, FlowChange change)
    {
        string? deltaColumn = DeltaColumnOf(flow, change);
        JsonObject? copy = deltaColumn is null || deltaColumn == flow.DeltaColumn ? null : FlowBody.CopyOf(deltaColumn);
        JsonObject? mapping = MappingOf(flow, change);
        if (flow.Transformations.Count == 0)
        {
            if (copy is not null || mapping is not null)
                patch.Set("/transformations", new JsonArray([.. new JsonNode?[] { copy, mapping }.Where(static one => one is not null)]));
            return;
        }

        int copyIndex = IndexOf(flow, FlowBody.Copy);
        int mappingIndex = IndexOf(flow, FlowBody.Mapping);
        // The mapping comes first: what happens to the copy may move it.
        if (mapping is not null)
            _ = mappingIndex < 0 ? patch.Set("/transformations/-", mapping) : patch.Replace($"/transformations/{mappingIndex}", mapping);
        if (copy is not null)
            _ = copyIndex < 0 ? patch.Set("/transformations/0", copy) : patch.Replace($"/transformations/{copyIndex}", copy);
        else if (deltaColumn is null && copyIndex >= 0)
            patch.Remove($"/transformations/{copyIndex}");
    }

    private static JsonObject? MappingOf(Dataflow flow, FlowChange change)
    {
        if (change is { MappingId: null, MappingVersion: null })
            return null;
        string id = change.MappingId ?? flow.MappingId
            ?? throw FlowRefusal.Of("FlowMappingMissing", $"Flow '{flow.Name}' has no mapping whose version could change.", "Give -MappingId.");
        // Another set does not go on with the version of the one before; its first version is 0.
        int version = change.MappingVersion ?? (id == flow.MappingId ? flow.MappingVersion ?? 0 : 0);
        return id == flow.MappingId && version == flow.MappingVersion ? null : FlowBody.MappingOf(id, version);
    }

    private static void AddOptions(FlowPatch patch, Dataflow flow, FlowChange change)
    {
        JsonObject options = FlowBody.OptionsOf(change.PartialIngestionPercent, change.ErrorDiagnostics);
        if (options.Count == 0)
            return;
        if (!flow.HasOptions)
        {
            patch.Set("/options", options);
            return;
        }
        // "add" sets a member of an object whether it is there or not (RFC 6902, 4.1).
        foreach ((string name, JsonNode? value) in options.ToArray())
            patch.Set("/options/" + name, value!.DeepClone());
    }

    private static int IndexOf(Dataflow flow, string transformation)
    {
        for (int i = 0; i < flow.Transformations.Count; i++)
        {
            if (flow.Transformations[i].Equals(transformation, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    private static void Set(FlowPatch patch, string path, string current, string? wanted)
    {
        if (wanted is null || wanted == current)
            return;
        if (wanted.Length == 0)
            patch.Remove(path);
        else
            _ = current.Length == 0 ? patch.Set(path, wanted) : patch.Replace(path, wanted);
    }

    private static void Set<T>(FlowPatch patch, string path, T? current, T? wanted, Func<T, JsonNode> write)
        where T : struct
    {
        if (Equals(current, wanted))
            return;
        if (wanted is { } value)
            _ = current is null ? patch.Set(path, write(value)) : patch.Replace(path, write(value));
        else
            patch.Remove(path);
    }
}
