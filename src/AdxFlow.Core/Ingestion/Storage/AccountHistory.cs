namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// How one storage account has done in the last minute: successes and tries in six buckets of ten seconds, of which the newest
/// weighs most and those without a try nothing. The figures are those of Microsoft's own uploaders.
/// </summary>
internal sealed class AccountHistory(TimeProvider clock)
{
    private const int Buckets = 6;
    private static readonly TimeSpan BucketTime = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly (long Period, int Successes, int Tries)[] _buckets = new (long, int, int)[Buckets];

    /// <summary>
    /// 0 for an account that succeeds nearly always, or of which nothing is known, up to 3 for one that hardly does. Accounts of
    /// a lower tier are left alone while there is a better one.
    /// </summary>
    public int Tier => Rate() switch
    {
        >= 0.9 => 0,
        >= 0.7 => 1,
        >= 0.3 => 2,
        _ => 3,
    };

    public void Add(bool success)
    {
        long period = Period();
        lock (_gate)
        {
            ref (long Period, int Successes, int Tries) bucket = ref _buckets[period % Buckets];
            if (bucket.Period != period)
                bucket = (period, 0, 0);
            bucket.Successes += success ? 1 : 0;
            bucket.Tries++;
        }
    }

    private double Rate()
    {
        long now = Period();
        double sum = 0;
        double weights = 0;
        lock (_gate)
        {
            foreach ((long period, int successes, int tries) in _buckets)
            {
                // Below zero after the machine's clock was put back: what was then, nobody can place.
                long age = now - period;
                if (tries == 0 || age is < 0 or >= Buckets)
                    continue;
                double weight = Buckets - age;
                sum += weight * successes / tries;
                weights += weight;
            }
        }
        return weights == 0 ? 1 : sum / weights;
    }

    private long Period() => clock.GetUtcNow().UtcTicks / BucketTime.Ticks;
}
