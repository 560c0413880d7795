namespace AdxFlow.Adx;

/// <summary>How long the service may work on a request, and how long the client waits for it.</summary>
/// <param name="Client">How long the client waits for the answer to begin, and for each next piece of it.</param>
/// <param name="Options">What tells the service.</param>
internal readonly record struct RequestTimeout(TimeSpan Client, IReadOnlyDictionary<string, object?> Options)
{
    /// <summary>How much longer than the service the client waits, so that the service's own time-out message arrives.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The longest time the service gives a request.</summary>
    private static readonly TimeSpan ServiceLimit = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, object?> None = [];

    /// <summary>What the options ask for, be it by their time or by the service's own options of that meaning.</summary>
    public static RequestTimeout From(AdxRequestOptions? options, TimeSpan standard)
    {
        TimeSpan? wanted = options?.Timeout;
        foreach ((string name, object? value) in options?.Options ?? None)
        {
            if (name.Equals("servertimeout", StringComparison.OrdinalIgnoreCase) && value is TimeSpan given)
                wanted = given;
            else if (name.Equals("norequesttimeout", StringComparison.OrdinalIgnoreCase) && value is true)
                wanted = TimeSpan.MaxValue;
        }

        if (wanted is not { } timeout)
            return new(standard + Grace, None);
        if (timeout == Timeout.InfiniteTimeSpan || timeout == TimeSpan.MaxValue)
            return new(ServiceLimit + Grace, new Dictionary<string, object?> { ["norequesttimeout"] = true });
        if (timeout <= TimeSpan.Zero)
        {
            throw new AdxException("AdxInvalidTimeout", AdxErrorKind.InvalidArgument, $"'{timeout}' is not a time to wait.")
            {
                RecommendedAction = "Give a time above zero, such as 0:10:0 for ten minutes. The service allows an hour at most; [timespan]::MaxValue asks for that.",
            };
        }

        // The service says itself what it does not grant, and says so at once.
        return new((timeout < ServiceLimit ? timeout : ServiceLimit) + Grace, new Dictionary<string, object?> { ["servertimeout"] = timeout });
    }
}
