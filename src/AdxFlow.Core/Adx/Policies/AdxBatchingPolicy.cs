using System.Globalization;

namespace AdxFlow;

/// <summary>
/// When the service ingests what has been queued for a table: as soon as one of three limits is reached.
/// Where a limit is null, it is not set here. Source: <see href="https://learn.microsoft.com/kusto/management/batching-policy"/>.
/// </summary>
public sealed class AdxBatchingPolicy : AdxTablePolicy
{
    /// <inheritdoc/>
    public override AdxTablePolicyKind Policy => AdxTablePolicyKind.Batching;

    /// <summary>How long queued data waits at most: 10 seconds to 30 minutes, 5 minutes by default.</summary>
    public TimeSpan? BatchingTime { get; init; }

    /// <summary>How many blobs are ingested at once at most: 1 to 25,000, 500 by default.</summary>
    public int? BatchingItems { get; init; }

    /// <summary>How much is ingested at once at most, uncompressed: 100 to 4,096 MB, 1,024 MB by default.</summary>
    public int? BatchingSizeMB { get; init; }

    private protected override IEnumerable<string> Parts()
    {
        if (BatchingTime is { } time)
            yield return Duration(time);
        if (BatchingItems is { } items)
            yield return string.Create(CultureInfo.InvariantCulture, $"{items} items");
        if (BatchingSizeMB is { } size)
            yield return string.Create(CultureInfo.InvariantCulture, $"{size} MB");
    }
}
