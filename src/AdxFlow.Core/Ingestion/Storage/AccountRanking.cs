using System.Collections.Concurrent;

namespace AdxFlow.Ingestion.Storage;

/// <summary>The histories of the storage accounts that this process has used; they outlive a renewed configuration and a session.</summary>
internal sealed class AccountRanking(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, AccountHistory> _histories = new(StringComparer.OrdinalIgnoreCase);

    public static AccountRanking Shared { get; } = new(TimeProvider.System);

    public int Tier(string account) => _histories.TryGetValue(account, out AccountHistory? history) ? history.Tier : 0;

    public void Report(string account, bool success) => _histories.GetOrAdd(account, _ => new AccountHistory(clock)).Add(success);
}
