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

    private readonly ConcurrentDictionary<(Uri Cluster, string Database, string Table), DateTimeOffset> _until = new();

    public static StreamingAvailability Shared { get; } = new(TimeProvider.System);

    public bool IsOff(Uri cluster, string database, string table) => _until.TryGetValue((cluster, database, table), out DateTimeOffset until) && clock.GetUtcNow() < until;

    public void SwitchOff(Uri cluster, string database, string table, TimeSpan time) => _until[(cluster, database, table)] = clock.GetUtcNow() + time;
}
