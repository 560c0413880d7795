using static System.FormattableString;

namespace AdxFlow.Adx;

/// <summary>What the service documents as possible, so that a mistake is told before anything is sent.</summary>
internal static class PolicyLimits
{
    private static readonly TimeSpan ShortestBatchingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBatchingTime = TimeSpan.FromMinutes(30);

    /// <exception cref="AdxException"><c>AdxInvalidPolicy</c>, with the limit in words.</exception>
    public static void Check(AdxTablePolicy policy)
    {
        switch (policy)
        {
            case AdxBatchingPolicy batching:
                Check(batching);
                break;
            case AdxStreamingPolicy { HintAllocatedRate: { } rate } when !double.IsFinite(rate) || rate <= 0:
                throw Outside(Invariant($"The hint of {rate} GB an hour is none: it must be more than 0."));
            case AdxStreamingPolicy { IsEnabled: null, IsInherited: false }:
                throw Outside("A streaming policy says whether streaming is enabled.");
            case AdxRetentionPolicy retention:
                Check(retention);
                break;
            case AdxCachingPolicy { CachingPeriod: { } period } when period < TimeSpan.Zero:
                throw Outside(Invariant($"The caching period {period:c} is negative; 0 is the least (nothing is kept hot)."));
            case AdxCachingPolicy { CachingPeriod: null, IsInherited: false }:
                throw Outside("A caching policy has a caching period.");
            default:
                break;
        }
    }

    private static void Check(AdxBatchingPolicy policy)
    {
        if (policy.BatchingTime is { } time && (time < ShortestBatchingTime || time > LongestBatchingTime))
            throw Outside(Invariant($"The batching time {time:c} is outside of the limits: 10 seconds to 30 minutes."));
        if (policy.BatchingItems is < 1 or > 25_000)
            throw Outside(Invariant($"{policy.BatchingItems} batching items are outside of the limits: 1 to 25,000."));
        if (policy.BatchingSizeMB is < 100 or > 4096)
            throw Outside(Invariant($"A batching size of {policy.BatchingSizeMB} MB is outside of the limits: 100 to 4,096 MB."));
    }

    private static void Check(AdxRetentionPolicy policy)
    {
        if (policy.RetentionPeriod < TimeSpan.Zero)
            throw Outside(Invariant($"The retention period {policy.RetentionPeriod:c} is negative; 0 is the least (nothing is kept)."));
        if (policy.RetentionPeriod == TimeSpan.Zero && policy.Recoverability != AdxRecoverability.Disabled)
            throw Outside("A retention period of 0 keeps no row, so none can be recovered: give it with the recoverability Disabled.");
    }

    private static AdxException Outside(string message) =>
        new("AdxInvalidPolicy", AdxErrorKind.InvalidArgument, message)
        {
            RecommendedAction = "Choose a value inside of the limits. See https://learn.microsoft.com/kusto/management/policies",
        };
}
