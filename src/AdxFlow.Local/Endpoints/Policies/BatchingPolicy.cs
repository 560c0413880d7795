using System.Globalization;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Commands;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>When the batch of a queued ingestion is sealed.</summary>
/// <remarks>Source: Microsoft Learn, "Ingestion batching policy", defaults and limits.</remarks>
internal sealed class BatchingPolicy() : PolicyKind("ingestionbatching", "IngestionBatchingPolicy")
{
    private static readonly Values Defaults = new("00:05:00", 500, 1024);

    public override Func<string?, string> ReadChange(CommandReader reader, PolicyScope scope)
    {
        var json = Parse(reader.ReadLiteral("a policy object"));
        reader.ExpectEnd();
        Combine(json, Defaults);
        return current => JsonSerializer.Serialize(Combine(json, scope.Merges && current is not null ? Combine(Parse(current), Defaults) : Defaults), LocalJson.Serializer);
    }

    private PolicyJson Parse(string json) =>
        new(Name, json, nameof(Values.MaximumBatchingTimeSpan), nameof(Values.MaximumNumberOfItems), nameof(Values.MaximumRawDataSizeMB));

    private static Values Combine(PolicyJson json, Values otherwise) => new(
        json.Span(
            nameof(Values.MaximumBatchingTimeSpan), TimeSpan.Parse(otherwise.MaximumBatchingTimeSpan, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30)).ToString(),
        json.Integer(nameof(Values.MaximumNumberOfItems), otherwise.MaximumNumberOfItems, 1, 25_000),
        json.Integer(nameof(Values.MaximumRawDataSizeMB), otherwise.MaximumRawDataSizeMB, 100, 4096));

    private sealed record Values(string MaximumBatchingTimeSpan, int MaximumNumberOfItems, int MaximumRawDataSizeMB);
}
