namespace AdxFlow;

/// <summary>A fault that was switched on in the stand-in, as of when it was asked for.</summary>
public sealed class AdxLocalFault
{
    internal AdxLocalFault(int id, AdxLocalFaultName name, IReadOnlyList<AdxLocalFaultTarget> target, int count, int remaining)
    {
        Id = id;
        Name = name;
        Target = target;
        Count = count;
        Remaining = remaining;
    }

    /// <summary>Its number in this stand-in.</summary>
    public int Id { get; }

    /// <summary>What happens.</summary>
    public AdxLocalFaultName Name { get; }

    /// <summary>The requests it strikes.</summary>
    public IReadOnlyList<AdxLocalFaultTarget> Target { get; }

    /// <summary>How many requests it strikes in all.</summary>
    public int Count { get; }

    /// <summary>How many of them are still to come; 0 once it is spent.</summary>
    public int Remaining { get; }

    /// <summary>How many requests it has struck.</summary>
    public int Struck => Count - Remaining;

    /// <summary>Strikes only requests whose path begins so; empty for any path.</summary>
    public string UrlPath { get; internal init; } = "";

    /// <summary>The time told in Retry-After; null for none.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>How late the answer is; null where it is not.</summary>
    public TimeSpan? Delay { get; internal init; }

    /// <summary>True where the request is carried out, and only its answer fails.</summary>
    public bool AfterAction { get; internal init; }

    /// <summary>The name and the number of requests, as <c>TooManyRequests 2/3</c>.</summary>
    public override string ToString() => $"{Name} {Struck}/{Count}";
}
