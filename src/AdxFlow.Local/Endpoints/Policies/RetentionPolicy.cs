using System.Globalization;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Commands;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>How long data is kept.</summary>
/// <remarks>Source: Microsoft Learn, "Retention policy", ".alter table policy retention" and ".alter-merge table policy retention".</remarks>
internal sealed class RetentionPolicy() : PolicyKind("retention", "RetentionPolicy")
{
    private static readonly string[] Recoverabilities = ["Enabled", "Disabled"];

    private static readonly Values Defaults = new("365000.00:00:00", "Enabled");

    public override Func<string?, string> ReadChange(CommandReader reader, PolicyScope scope)
    {
        PolicyJson json = Parse(scope.Merges && reader.Next.Kind == CommandTokenKind.Word ? ReadParameters(reader) : reader.ReadLiteral("a policy object"));
        reader.ExpectEnd();
        return current =>
        {
            Values values = Combine(json, scope.Merges && current is not null ? Combine(Parse(current), Defaults) : Defaults);
            if (Span(values) == TimeSpan.Zero && scope.OnDatabase) throw json.Invalid("a SoftDeletePeriod of 0 can be set on a table only");
            if (Span(values) == TimeSpan.Zero && values.Recoverability == "Enabled") throw json.Invalid("with a SoftDeletePeriod of 0, Recoverability must be Disabled");
            return JsonSerializer.Serialize(values, LocalJson.Serializer);
        };
    }

    /// <summary><c>softdelete = 10d recoverability = disabled</c>, in any order, as the object that says the same.</summary>
    private static string ReadParameters(CommandReader reader)
    {
        var values = new Dictionary<string, string>();
        while (reader.Next.Kind == CommandTokenKind.Word)
        {
            string name = reader.Next.Text.ToLowerInvariant();
            if (name is not ("softdelete" or "recoverability")) throw reader.Unexpected("'softdelete' or 'recoverability'");
            reader.Take();
            reader.ExpectMark("=");
            bool added = name == "softdelete"
                ? values.TryAdd(nameof(Values.SoftDeletePeriod), reader.ReadTimeSpan().ToString())
                : values.TryAdd(nameof(Values.Recoverability), reader.Take().Text);
            if (!added) throw reader.Error($"'{name}' occurs twice.");
        }

        return JsonSerializer.Serialize(values);
    }

    private static TimeSpan Span(Values values) => TimeSpan.Parse(values.SoftDeletePeriod, CultureInfo.InvariantCulture);

    private PolicyJson Parse(string json) => new(Name, json, nameof(Values.SoftDeletePeriod), nameof(Values.Recoverability));

    private static Values Combine(PolicyJson json, Values otherwise)
    {
        string recoverability = json.Text(nameof(Values.Recoverability)) ?? otherwise.Recoverability;
        string? known = Array.Find(Recoverabilities, k => k.Equals(recoverability, StringComparison.OrdinalIgnoreCase));
        TimeSpan span = json.Span(nameof(Values.SoftDeletePeriod), Span(otherwise), TimeSpan.Zero, TimeSpan.MaxValue);
        return new Values(span.ToString(), known ?? throw json.Invalid("Recoverability must be Enabled or Disabled"));
    }

    private sealed record Values(string SoftDeletePeriod, string Recoverability);
}
