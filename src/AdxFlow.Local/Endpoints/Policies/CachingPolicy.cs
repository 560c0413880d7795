using System.Text.Json;
using System.Text.Json.Serialization;
using AdxFlow.Local.Endpoints.Commands;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>Which data is kept in the hot cache.</summary>
/// <remarks>Source: Microsoft Learn, "Caching policy", ".alter table policy caching" and ".alter database policy caching".</remarks>
internal sealed class CachingPolicy() : PolicyKind("caching", "CachingPolicy")
{
    private static readonly JsonSerializerOptions Options = new(LocalJson.Serializer) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public override Func<string?, string> ReadChange(CommandReader reader, PolicyScope scope)
    {
        if (scope.Merges) throw UnknownCommand.NotSupported(".alter-merge … policy caching");
        if (reader.Next.Kind == CommandTokenKind.Literal) throw UnknownCommand.NotSupported(".alter … policy caching with a policy object");
        reader.ExpectWord("hot");
        reader.ExpectMark("=");
        TimeSpan hot = reader.ReadTimeSpan();
        var windows = new List<Window>();
        while (reader.TryMark(","))
        {
            reader.ExpectWord("hot_window");
            reader.ExpectMark("=");
            DateTime from = reader.ReadDateTime();
            reader.ExpectMark(".");
            reader.ExpectMark(".");
            DateTime to = reader.ReadDateTime();
            if (to <= from) throw PolicyJson.Invalid(Name, "a hot window must end after it begins");
            windows.Add(new Window(from, to));
        }

        reader.ExpectEnd();
        var span = new Span(hot.ToString());
        return _ => JsonSerializer.Serialize(new Values(span, span, windows.Count > 0 ? windows : null), Options);
    }

    private sealed record Values(Span DataHotSpan, Span IndexHotSpan, IReadOnlyList<Window>? HotWindows);

    private sealed record Span(string Value);

    private sealed record Window(DateTime MinValue, DateTime MaxValue);
}
