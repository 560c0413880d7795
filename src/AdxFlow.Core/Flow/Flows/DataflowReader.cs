using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Reads flows as the service tells of them.</summary>
internal static class DataflowReader
{
    public static Dataflow Read(JsonElement flow)
    {
        IReadOnlyList<JsonElement> transformations = [.. flow.Items("transformations")];
        JsonElement? copy = Transformation(transformations, FlowBody.Copy);
        JsonElement? mapping = Transformation(transformations, FlowBody.Mapping);
        JsonElement? source = flow.Member("inheritedAttributes")?.Items("sourceConnections").FirstOrDefault();
        return new Dataflow
        {
            Id = flow.Text("id") ?? string.Empty,
            Name = flow.Text("name") ?? string.Empty,
            Description = flow.Text("description") ?? string.Empty,
            State = flow.Text("state"),
            ETag = flow.Text("etag") ?? flow.Text("version"),
            FlowSpecId = flow.Text("flowSpec", "id"),
            SourceIds = flow.Texts("sourceConnectionIds"),
            TargetIds = flow.Texts("targetConnectionIds"),
            ConnectionId = source?.Text("baseConnection", "id"),
            ConnectionSpecId = source?.Text("connectionSpec", "id"),
            Schedule = flow.Member("scheduleParams") is { ValueKind: JsonValueKind.Object } schedule ? ReadSchedule(schedule) : null,
            DeltaColumn = copy?.Member("params", "deltaColumn")?.Text("name"),
            MappingId = mapping?.Text("params", "mappingId"),
            MappingVersion = (int?)mapping?.Member("params")?.Number("mappingVersion"),
            PartialIngestionPercent = flow.Member("options")?.Real("partialIngestionPercent"),
            ErrorDiagnostics = flow.Member("options")?.Flag("errorDiagnosticsEnabled") ?? false,
            LastRunId = flow.Text("lastRunDetails", "id"),
            LastRunState = flow.Text("lastRunDetails", "state"),
            LastRunOn = flow.Member("lastRunDetails")?.Time("startedAtUTC"),
            Errors = [.. (flow.Member("lastOperation", "status")?.Items("errors") ?? []).Select(static error => FlowRunReader.ReadError(error, null))],
            CreatedOn = flow.Time("createdAt"),
            UpdatedOn = flow.Time("updatedAt"),
            Transformations = [.. transformations.Select(static transformation => transformation.Text("name") ?? string.Empty)],
            HasOptions = flow.Member("options") is { ValueKind: JsonValueKind.Object },
        };
    }

    public static FlowSchedule ReadSchedule(JsonElement schedule) => new()
    {
        Frequency = ReadFrequency(schedule.Text("frequency")),
        Interval = (int?)schedule.Number("interval"),
        StartTime = schedule.Time("startTime"),
        Backfill = schedule.Flag("backfill"),
    };

    private static FlowFrequency? ReadFrequency(string? word)
    {
        foreach (FlowFrequency frequency in Enum.GetValues<FlowFrequency>())
        {
            if (string.Equals(word, frequency.ToString(), StringComparison.OrdinalIgnoreCase))
                return frequency;
        }
        return null;
    }

    private static JsonElement? Transformation(IReadOnlyList<JsonElement> transformations, string name)
    {
        foreach (JsonElement transformation in transformations)
        {
            if (string.Equals(transformation.Text("name"), name, StringComparison.OrdinalIgnoreCase))
                return transformation;
        }
        return null;
    }
}
