using System.Text.Json.Nodes;

namespace AdxFlow.Flow;

/// <summary>
/// Writes flows as the JSON Schema of their specification has them: integers and truth values, not text.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/collect/database-nosql"/>.
/// </summary>
internal static class FlowBody
{
    public const string Copy = "Copy";

    public const string Mapping = "Mapping";

    public static JsonObject Of(FlowDefinition flow, FlowSpecReference spec)
    {
        var body = new JsonObject { ["name"] = flow.Name };
        if (flow.Description is not null)
            body["description"] = flow.Description;
        body["flowSpec"] = new JsonObject { ["id"] = spec.Id, ["version"] = spec.Version };
        body["sourceConnectionIds"] = flow.SourceId is null ? new JsonArray() : new JsonArray(flow.SourceId);
        body["targetConnectionIds"] = flow.TargetId is null ? new JsonArray() : new JsonArray(flow.TargetId);

        var transformations = new JsonArray();
        if (flow.DeltaColumn is { } deltaColumn)
            transformations.Add(CopyOf(deltaColumn));
        if (flow.MappingId is { } mappingId)
            transformations.Add(MappingOf(mappingId, flow.MappingVersion ?? 0));
        if (transformations.Count > 0)
            body["transformations"] = transformations;
        if (flow.Schedule is { } schedule)
            body["scheduleParams"] = ScheduleOf(schedule);
        if (OptionsOf(flow.PartialIngestionPercent, flow.ErrorDiagnostics) is { Count: > 0 } options)
            body["options"] = options;
        return body;
    }

    public static JsonObject CopyOf(string deltaColumn) => new()
    {
        ["name"] = Copy,
        ["params"] = new JsonObject { ["deltaColumn"] = DeltaColumnOf(deltaColumn) },
    };

    // Only the name is required. The pages contradict each other about dateFormat, and a datetime of ADX needs none.
    public static JsonObject DeltaColumnOf(string name) => new() { ["name"] = name };

    // The specification calls the version a string, and every worked sample sends a number.
    public static JsonObject MappingOf(string mappingId, int version) => new()
    {
        ["name"] = Mapping,
        ["params"] = new JsonObject { ["mappingId"] = mappingId, ["mappingVersion"] = version },
    };

    public static JsonObject ScheduleOf(FlowSchedule schedule)
    {
        var body = new JsonObject();
        if (schedule.StartTime is { } start)
            body["startTime"] = Seconds(start);
        if (schedule.Frequency is { } frequency)
            body["frequency"] = Word(frequency);
        if (schedule.Interval is { } interval)
            body["interval"] = interval;
        if (schedule.Backfill is { } backfill)
            body["backfill"] = backfill;
        return body;
    }

    public static JsonObject OptionsOf(double? partialIngestionPercent, bool? errorDiagnostics)
    {
        var body = new JsonObject();
        if (partialIngestionPercent is { } percent)
            body["partialIngestionPercent"] = percent;
        if (errorDiagnostics is { } diagnostics)
            body["errorDiagnosticsEnabled"] = diagnostics;
        return body;
    }

    public static string Word(FlowFrequency frequency) => frequency.ToString().ToLowerInvariant();

    /// <summary>Seconds of the Unix epoch, as schedules and windows have them.</summary>
    public static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
