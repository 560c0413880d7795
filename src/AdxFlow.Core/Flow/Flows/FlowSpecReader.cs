using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Reads flow specifications as the service tells of them.</summary>
internal static class FlowSpecReader
{
    public static FlowSpec Read(JsonElement spec) => new()
    {
        Id = spec.Text("id") ?? string.Empty,
        Name = spec.Text("name") ?? string.Empty,
        Version = spec.Text("version") ?? string.Empty,
        ProviderId = spec.Text("providerId"),
        IsSource = spec.Member("attributes")?.Flag("isSourceFlow") ?? false,
        IsDraftSupported = spec.Member("attributes")?.Flag("isDraftModeSupported"),
        Frequencies = spec.Member("scheduleSpec", "spec")?.Member("properties", "frequency")?.Texts("enum") ?? [],
        SourceSpecIds = spec.Texts("sourceConnectionSpecIds"),
        TargetSpecIds = spec.Texts("targetConnectionSpecIds"),
    };
}
