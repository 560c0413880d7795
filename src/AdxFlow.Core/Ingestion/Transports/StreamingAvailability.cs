using System.Collections.Concurrent;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// The tables that are not streamed to for a while, after streaming was refused: kept for the process, so that a script of many
/// small calls does not ask in each of them again.
/// </summary>
internal sealed class StreamingAvailability(TimeProvider clock)
{
    /// <summary>After a refusal of streaming as such; about as long as a policy takes to be seen, three times over.</summary>
    public static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(15);

    /// <summary>After the service was busy.</summary>
    public static readonly TimeSpan AfterThrottle = TimeSpan.FromSeconds(10);

    // By a clock that nobody puts forward or back.
    private readonly ConcurrentDictionary<(Uri Cluster, string Database, string Table), (long Since, TimeSpan Time)> _off = new();

    public static StreamingAvailability Shared { get; } = new(TimeProvider.System);

    public bool IsOff(Uri cluster, string database, string table) => _off.TryGetValue((cluster, database, table), out (long Since, TimeSpan Time) off) && clock.GetElapsedTime(off.Since) < off.Time;

    public void SwitchOff(Uri cluster, string database, string table, TimeSpan time) => _off[(cluster, database, table)] = (clock.GetTimestamp(), time);
}
