using AdxFlow.Local;

namespace AdxFlow.PowerShell.Local;

/// <summary>Faults as users name them, and as the stand-in has them.</summary>
internal static class LocalFaultForms
{
    // Long enough for the head of every answer, and shorter than any whole one.
    private const long CutAfter = 16;

    private static readonly (AdxLocalFaultTarget User, LocalFaultTarget Local)[] Targets =
    [
        (AdxLocalFaultTarget.Query, LocalFaultTarget.Query),
        (AdxLocalFaultTarget.Command, LocalFaultTarget.Management),
        (AdxLocalFaultTarget.Configuration, LocalFaultTarget.Configuration),
        (AdxLocalFaultTarget.Upload, LocalFaultTarget.BlobUpload | LocalFaultTarget.BlockList),
        (AdxLocalFaultTarget.Queue, LocalFaultTarget.QueuedPost),
        (AdxLocalFaultTarget.Status, LocalFaultTarget.Status),
        (AdxLocalFaultTarget.Streaming, LocalFaultTarget.Streaming),
        (AdxLocalFaultTarget.Blob, LocalFaultTarget.BlobAccess),
        (AdxLocalFaultTarget.Metadata, LocalFaultTarget.Metadata),
        (AdxLocalFaultTarget.StorageQueue, LocalFaultTarget.StorageQueue),
        (AdxLocalFaultTarget.StatusTable, LocalFaultTarget.StatusTable),
        (AdxLocalFaultTarget.Ims, LocalFaultTarget.Ims),
        (AdxLocalFaultTarget.Flow, LocalFaultTarget.Flow),
        (AdxLocalFaultTarget.FlowNeighbours, LocalFaultTarget.FlowNeighbours),
    ];

    /// <summary>The HTTP status code; null for what is none.</summary>
    public static int? StatusCode(AdxLocalFaultName name) => name switch
    {
        AdxLocalFaultName.TooManyRequests => 429,
        AdxLocalFaultName.ServiceUnavailable => 503,
        AdxLocalFaultName.GatewayTimeout => 504,
        AdxLocalFaultName.InternalServerError => 500,
        AdxLocalFaultName.BadRequest => 400,
        AdxLocalFaultName.Unauthorized => 401,
        AdxLocalFaultName.Forbidden => 403,
        AdxLocalFaultName.NotFound => 404,
        _ => null,
    };

    public static LocalFault Make(AdxLocalFaultName name, IReadOnlyList<AdxLocalFaultTarget> targets, int count, string? urlPath, TimeSpan? retryAfter, TimeSpan delay, bool afterAction) => new()
    {
        Target = targets.Contains(AdxLocalFaultTarget.All) ? LocalFaultTarget.All : Targets.Where(t => targets.Contains(t.User)).Aggregate(LocalFaultTarget.None, static (all, t) => all | t.Local),
        Count = count,
        PathPrefix = urlPath,
        StatusCode = StatusCode(name) ?? 503,
        RetryAfter = retryAfter,
        Abort = name == AdxLocalFaultName.ConnectionReset,
        CutAfter = name == AdxLocalFaultName.AnswerCut ? CutAfter : null,
        Delay = delay,
        AfterAction = afterAction,
    };

    public static AdxLocalFault Show(LocalFaultState state)
    {
        LocalFault fault = state.Fault;
        AdxLocalFaultName name = fault.Abort ? AdxLocalFaultName.ConnectionReset
            : fault.CutAfter is not null ? AdxLocalFaultName.AnswerCut
            : fault.Delay > TimeSpan.Zero ? AdxLocalFaultName.Delay
            : Enum.GetValues<AdxLocalFaultName>().First(n => StatusCode(n) == fault.StatusCode);
        IReadOnlyList<AdxLocalFaultTarget> targets = fault.Target == LocalFaultTarget.All
            ? [AdxLocalFaultTarget.All]
            : [.. Targets.Where(t => (fault.Target & t.Local) != 0).Select(static t => t.User)];
        return new AdxLocalFault(state.Id, name, targets, fault.Count, state.Remaining)
        {
            UrlPath = fault.PathPrefix ?? "",
            RetryAfter = fault.RetryAfter,
            Delay = fault.Delay > TimeSpan.Zero ? fault.Delay : null,
            AfterAction = fault.AfterAction,
        };
    }

    /// <summary>True for what a cmdlet made: a test in .NET may add faults that have no name here.</summary>
    public static bool HasName(LocalFaultState state) =>
        state.Fault is { HoldUntil: null } fault && (fault.Abort || fault.CutAfter is not null || fault.Delay > TimeSpan.Zero || Enum.GetValues<AdxLocalFaultName>().Any(n => StatusCode(n) == fault.StatusCode));
}
