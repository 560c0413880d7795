using System.Collections.Concurrent;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// The containers that the service lends: which of them takes the next blob, and where their signatures are renewed. Accounts
/// take turns; one that has failed lately is left alone as long as there is a better one.
/// </summary>
internal sealed class ContainerPool(Func<CancellationToken, Task<IngestionConfiguration>> load, IngestionConfiguration configuration, AccountRanking ranking) : IDisposable
{
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly ConcurrentDictionary<string, byte> _gone = new();
    private IngestionConfiguration _configuration = configuration;
    private long _configuredAt = Environment.TickCount64;

    // Many clients start at the same time; they should not all begin with the first account.
    private int _turn = Random.Shared.Next(1024);

    public IngestionConfiguration Configuration => Volatile.Read(ref _configuration);

    /// <summary>The container for the next blob, or for the next try of one.</summary>
    /// <param name="tried">Those that have failed with this blob; they come last.</param>
    /// <param name="cancel">Stops waiting for a new configuration.</param>
    public async ValueTask<StorageContainer> NextAsync(IReadOnlyCollection<StorageContainer> tried, CancellationToken cancel)
    {
        if (Environment.TickCount64 - Interlocked.Read(ref _configuredAt) > (long)Configuration.Life.TotalMilliseconds)
            await RenewAsync(Configuration, isNeeded: false, cancel);
        IGrouping<string, StorageContainer>[] accounts = [.. Present().GroupBy(static container => container.Account)];
        int best = accounts.Min(account => Order(account, tried));
        IGrouping<string, StorageContainer>[] equals = [.. accounts.Where(account => Order(account, tried) == best)];
        uint turn = (uint)Interlocked.Increment(ref _turn);
        StorageContainer[] containers = [.. equals[turn % (uint)equals.Length]];
        StorageContainer[] untried = [.. containers.Where(container => !IsTried(container, tried))];
        StorageContainer[] choice = untried.Length > 0 ? untried : containers;
        return choice[turn / (uint)equals.Length % (uint)choice.Length];
    }

    /// <summary>True where a blob could still go to an account that has not failed with it.</summary>
    public bool HasOtherAccount(IReadOnlyCollection<StorageContainer> tried, StorageContainer current) =>
        Present().Any(container => container.Account != current.Account && tried.All(failed => failed.Account != container.Account));

    /// <summary>True where a blob could still go to a container that has not failed with it.</summary>
    public bool HasOtherContainer(IReadOnlyCollection<StorageContainer> tried, StorageContainer current) =>
        Present().Any(container => container.Name != current.Name && !IsTried(container, tried));

    /// <summary>
    /// Notes that a container is gone: no blob begins there any more, until the service names it again. Where no other is left,
    /// the service is asked for others.
    /// </summary>
    public async Task LoseAsync(StorageContainer gone, CancellationToken cancel)
    {
        IngestionConfiguration before = Configuration;
        _gone.TryAdd(gone.Name, 0);
        if (before.Containers.All(container => _gone.ContainsKey(container.Name)))
            await RenewAsync(before, isNeeded: false, cancel);
    }

    /// <summary>The same container with the newest signature that is known.</summary>
    public StorageContainer Latest(StorageContainer container) =>
        Configuration.Containers.FirstOrDefault(known => known.Name == container.Name) ?? container;

    /// <summary>The same container with another signature, after its own was refused; null where the service has none.</summary>
    /// <exception cref="AdxException">The service cannot be asked for one.</exception>
    public async Task<StorageContainer?> FreshAsync(StorageContainer refused, CancellationToken cancel)
    {
        IngestionConfiguration before = Configuration;
        // Blocks of one blob are refused together; the first to come renews for all.
        if (Latest(refused).HasSameSignature(refused))
            await RenewAsync(before, isNeeded: true, cancel);
        StorageContainer latest = Latest(refused);
        return latest.HasSameSignature(refused) ? null : latest;
    }

    public void Report(StorageContainer container, bool success) => ranking.Report(container.Account, success);

    public void Dispose() => _renewing.Dispose();

    private IReadOnlyList<StorageContainer> Present()
    {
        IReadOnlyList<StorageContainer> all = Configuration.Containers;
        StorageContainer[] present = [.. all.Where(container => !_gone.ContainsKey(container.Name))];
        return present.Length > 0 ? present : all;
    }

    private async Task RenewAsync(IngestionConfiguration old, bool isNeeded, CancellationToken cancel)
    {
        await _renewing.WaitAsync(cancel);
        try
        {
            if (Configuration != old)
                return;
            IngestionConfiguration fresh = await load(cancel);
            _gone.Clear();
            Volatile.Write(ref _configuration, fresh);
            Interlocked.Exchange(ref _configuredAt, Environment.TickCount64);
        }
        catch (AdxException refusal) when (!refusal.IsPermanent && !isNeeded)
        {
            // The containers in hand are good for longer than the interval; the next batch asks again.
        }
        finally
        {
            _renewing.Release();
        }
    }

    private int Order(IGrouping<string, StorageContainer> account, IReadOnlyCollection<StorageContainer> tried) =>
        ranking.Tier(account.Key) + (tried.Count == 0 ? 0 : account.All(container => IsTried(container, tried)) ? 200 : account.Any(container => IsTried(container, tried)) ? 100 : 0);

    private static bool IsTried(StorageContainer container, IReadOnlyCollection<StorageContainer> tried) => tried.Any(failed => failed.Name == container.Name);
}
