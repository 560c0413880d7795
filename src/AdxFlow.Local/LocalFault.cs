namespace AdxFlow.Local;

/// <summary>
/// A failure that the stand-in shows on purpose, so that one can see how a client or a runbook takes it.
/// Given to <see cref="LocalCluster.AddFault"/>.
/// </summary>
public sealed class LocalFault
{
    /// <summary>The requests it strikes. Default: every one.</summary>
    public LocalFaultTarget Target { get; init; } = LocalFaultTarget.All;

    /// <summary>
    /// Strikes only requests whose path begins with this, as <c>/storage/ingestdata-0</c> for one container,
    /// <c>/storage2/</c> for one storage account. Default null: whatever the path. With <see cref="StatusCode"/> 404 and a
    /// large <see cref="Count"/>, a container is gone.
    /// </summary>
    public string? PathPrefix { get; init; }

    /// <summary>How many requests it strikes before it is spent. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The HTTP status code answered. Default 503. Not used with <see cref="Abort"/>. On the Adobe side the body fits
    /// it: 401 and 429 are those of the gateway, 502 and 503 the HTML page of a proxy, the others errors of the service.</summary>
    public int StatusCode { get; init; } = 503;

    /// <summary>The time told in the <c>Retry-After</c> header, in whole seconds. Default: no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True to close the connection without an answer.</summary>
    public bool Abort { get; init; }

    /// <summary>
    /// True to do what was asked and then fail, as when an answer is lost on the way back; false (the default) to fail
    /// before anything is done.
    /// </summary>
    public bool AfterAction { get; init; }

    /// <summary>
    /// What the request waits for before anything is done. When it completes, the request is served as usual; the status code
    /// and <see cref="Abort"/> are not used. Default null: it does not wait.
    /// </summary>
    public Task? HoldUntil { get; init; }

    /// <summary>
    /// How long the request waits before anything is done. Then it is served as usual; the status code and <see cref="Abort"/>
    /// are not used. Default zero: it does not wait.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// How many bytes of the body of the answer are sent (compressed, where it is) before the connection ends in its middle. The
    /// request is served as usual until then, and wholly if its answer is shorter; the status code and <see cref="Abort"/> are
    /// not used. Default null: the answer is not cut.
    /// </summary>
    public long? CutAfter { get; init; }

    /// <summary>True where the request is served, be it late or in part.</summary>
    internal bool Serves => HoldUntil is not null || CutAfter is not null || Delay > TimeSpan.Zero;
}
