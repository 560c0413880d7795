using System.Text.Json;
using AdxFlow.Local.Endpoints.Commands;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>Whether data may be streamed in.</summary>
/// <remarks>Source: Microsoft Learn, "Streaming ingestion policy"; the words enable and disable: "Configure streaming ingestion".</remarks>
internal sealed class StreamingPolicy() : PolicyKind("streamingingestion", "StreamingIngestionPolicy")
{
    public override Func<string?, string> ReadChange(CommandReader reader, PolicyScope scope)
    {
        PolicyJson json = Parse(reader.TryWord("enable") ? "{\"IsEnabled\":true}" : reader.TryWord("disable") ? "{\"IsEnabled\":false}" : reader.ReadLiteral("a policy object, 'enable' or 'disable'"));
        reader.ExpectEnd();
        Combine(json, scope.Merges ? new Values(false, null) : null);
        return current => JsonSerializer.Serialize(Combine(json, scope.Merges && current is not null ? Combine(Parse(current), null) : null), LocalJson.Serializer);
    }

    private PolicyJson Parse(string json) => new(Name, json, nameof(Values.IsEnabled), nameof(Values.HintAllocatedRate));

    private static Values Combine(PolicyJson json, Values? otherwise) =>
        new(json.Flag(nameof(Values.IsEnabled), otherwise?.IsEnabled), json.Number(nameof(Values.HintAllocatedRate), otherwise?.HintAllocatedRate));

    private sealed record Values(bool IsEnabled, double? HintAllocatedRate);
}
