using System.Globalization;

namespace AdxFlow;

/// <summary>
/// Whether a table takes streaming ingestion, which the cluster must allow as well.
/// Source: <see href="https://learn.microsoft.com/kusto/management/streaming-ingestion-policy"/>.
/// </summary>
public sealed class AdxStreamingPolicy : AdxTablePolicy
{
    /// <inheritdoc/>
    public override AdxTablePolicyKind Policy => AdxTablePolicyKind.Streaming;

    /// <summary>Whether it does; null where the policy is inherited.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>A hint of how much streams into the table, in GB an hour; null where there is none.</summary>
    public double? HintAllocatedRate { get; init; }

    private protected override IEnumerable<string> Parts()
    {
        if (IsEnabled is { } enabled)
            yield return enabled ? "enabled" : "disabled";
        if (HintAllocatedRate is { } rate)
            yield return string.Create(CultureInfo.InvariantCulture, $"{rate} GB an hour");
    }
}
