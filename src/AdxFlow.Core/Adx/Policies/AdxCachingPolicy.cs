using System.Globalization;

namespace AdxFlow;

/// <summary>Which rows of a table are kept in the hot cache. Source: <see href="https://learn.microsoft.com/kusto/management/cache-policy"/>.</summary>
public sealed class AdxCachingPolicy : AdxTablePolicy
{
    /// <inheritdoc/>
    public override AdxTablePolicyKind Policy => AdxTablePolicyKind.Caching;

    /// <summary>How long rows stay there, counted from their ingestion (the service's <c>DataHotSpan</c>); null where the policy is inherited.</summary>
    public TimeSpan? CachingPeriod { get; init; }

    /// <summary>Further stretches of time whose rows stay there.</summary>
    public IReadOnlyList<AdxHotWindow> HotWindows { get; init; } = [];

    private protected override IEnumerable<string> Parts()
    {
        if (CachingPeriod is { } period)
            yield return Duration(period);
        if (HotWindows.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{HotWindows.Count} hot {(HotWindows.Count == 1 ? "window" : "windows")}");
    }
}
