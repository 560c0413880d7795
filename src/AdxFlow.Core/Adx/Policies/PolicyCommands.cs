using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// The texts of the commands about policies of tables, each built from <see cref="Kql"/> names and literals only.
/// Source: <see href="https://learn.microsoft.com/kusto/management/policies"/>.
/// </summary>
internal static class PolicyCommands
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (long Ticks, string Unit)[] Units =
    [
        (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"), (TimeSpan.TicksPerSecond, "s"), (TimeSpan.TicksPerMillisecond, "ms"), (1, "tick"),
    ];

    public static string Show(string table, AdxTablePolicyKind kind) => $".show table {Kql.Name(table)} policy {Word(kind)}";

    public static string Delete(string table, AdxTablePolicyKind kind) => $".delete table {Kql.Name(table)} policy {Word(kind)}";

    /// <summary><c>.alter</c>, after which the policy is exactly this one.</summary>
    public static string Alter(string table, AdxTablePolicy policy) => policy switch
    {
        AdxCachingPolicy caching => AlterCaching(table, caching),
        _ => $".alter table {Kql.Name(table)} policy {Word(policy.Policy)} {Kql.String(Json(policy))}",
    };

    /// <summary><c>.alter-merge</c>, which leaves alone what this policy does not say. There is none for caching.</summary>
    public static string AlterMerge(string table, AdxTablePolicy policy) => policy switch
    {
        AdxCachingPolicy caching => AlterCaching(table, caching),
        AdxRetentionPolicy retention => $".alter-merge table {Kql.Name(table)} policy retention {string.Join(' ', Words(retention))}",
        _ => $".alter-merge table {Kql.Name(table)} policy {Word(policy.Policy)} {Kql.String(Json(policy))}",
    };

    private static string Word(AdxTablePolicyKind kind) => kind switch
    {
        AdxTablePolicyKind.Batching => "ingestionbatching",
        AdxTablePolicyKind.Streaming => "streamingingestion",
        AdxTablePolicyKind.Retention => "retention",
        AdxTablePolicyKind.Caching => "caching",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string AlterCaching(string table, AdxCachingPolicy policy)
    {
        string hot = $"policy caching hot = {Span(policy.CachingPeriod ?? TimeSpan.Zero)}";
        if (policy.HotWindows.Count == 0)
            return $".alter table {Kql.Name(table)} {hot}";

        // The official grammar knows windows in this form only, though the documentation has both.
        var command = new StringBuilder($".alter tables ({Kql.Name(table)}) {hot}");
        foreach (AdxHotWindow window in policy.HotWindows)
            command.Append(", hot_window = ").Append(Kql.Literal(window.From, AdxType.DateTime)).Append(" .. ").Append(Kql.Literal(window.To, AdxType.DateTime));
        return command.ToString();
    }

    private static IEnumerable<string> Words(AdxRetentionPolicy policy)
    {
        if (policy.RetentionPeriod is { } period)
            yield return $"softdelete = {Span(period)}";
        if (policy.Recoverability is { } recoverability)
            yield return recoverability == AdxRecoverability.Enabled ? "recoverability = enabled" : "recoverability = disabled";
    }

    /// <summary>A duration as these commands document it, such as <c>30d</c>, in the largest unit that gives it exactly.</summary>
    private static string Span(TimeSpan span)
    {
        (long ticks, string unit) = Units.First(unit => span.Ticks % unit.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{unit}");
    }

    private static string Json(AdxTablePolicy policy)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Plain))
        {
            writer.WriteStartObject();
            switch (policy)
            {
                case AdxBatchingPolicy batching:
                    if (batching.BatchingTime is { } time)
                        writer.WriteString("MaximumBatchingTimeSpan", time.ToString("c", CultureInfo.InvariantCulture));
                    if (batching.BatchingItems is { } items)
                        writer.WriteNumber("MaximumNumberOfItems", items);
                    if (batching.BatchingSizeMB is { } size)
                        writer.WriteNumber("MaximumRawDataSizeMB", size);
                    break;
                case AdxStreamingPolicy streaming:
                    writer.WriteBoolean("IsEnabled", streaming.IsEnabled ?? false);
                    if (streaming.HintAllocatedRate is { } rate)
                        writer.WriteNumber("HintAllocatedRate", rate);
                    break;
                case AdxRetentionPolicy retention:
                    if (retention.RetentionPeriod is { } period)
                        writer.WriteString("SoftDeletePeriod", period.ToString("c", CultureInfo.InvariantCulture));
                    if (retention.Recoverability is { } recoverability)
                        writer.WriteString("Recoverability", recoverability.ToString());
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(policy));
            }
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
