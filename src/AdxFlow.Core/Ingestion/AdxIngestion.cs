using AdxFlow.Ingestion;

namespace AdxFlow;

/// <summary>
/// What one call of <c>Send-AdxData</c> has sent, as it stood when this object was made. <c>Get-AdxIngestion</c> and
/// <c>Wait-AdxIngestion</c> give a newer one.
/// </summary>
public sealed class AdxIngestion
{
    /// <summary>The id of this ingestion, given by this module. One that was found by the id of its operation always gets the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>The database sent to.</summary>
    public required string Database { get; init; }

    /// <summary>The table sent to.</summary>
    public required string Table { get; init; }

    /// <summary>The way the batches went.</summary>
    public required AdxIngestionMode Mode { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>From the first to the last byte sent and, after waiting, to the last answer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Rows refused on this side, since a value did not fit its column. They were sent nowhere.</summary>
    public required long RejectedRows { get; init; }

    /// <summary>The batches that were accepted, in the order in which they were.</summary>
    public required IReadOnlyList<AdxIngestionBatch> Batches { get; init; }

    /// <summary>Rows in all batches; null where that of one is not known.</summary>
    public long? Rows => Sum(static batch => batch.Rows);

    /// <summary>Bytes of all batches before compression; null where that of one is not known.</summary>
    public long? RawBytes => Sum(static batch => batch.RawBytes);

    /// <summary>Bytes of all batches as sent; null where that of one is not known.</summary>
    public long? SentBytes => Sum(static batch => batch.SentBytes);

    /// <summary>What has become of the whole.</summary>
    public AdxIngestionStatus Status
    {
        get
        {
            if (Batches.Count == 0)
                return AdxIngestionStatus.Empty;
            AdxIngestionStatus first = Batches[0].Status;
            if (Batches.All(batch => batch.Status == first))
                return first;
            if (!IsFinished)
                return AdxIngestionStatus.InProgress;
            bool someSucceeded = Batches.Any(static batch => batch.Status == AdxIngestionStatus.Succeeded);
            bool someRefused = Batches.Any(static batch => batch.Status is AdxIngestionStatus.Failed or AdxIngestionStatus.Canceled);
            if (someSucceeded && someRefused)
                return AdxIngestionStatus.PartiallySucceeded;
            return Batches.Any(static batch => batch.Status == AdxIngestionStatus.Unknown) ? AdxIngestionStatus.Unknown : AdxIngestionStatus.Failed;
        }
    }

    /// <summary>True when no later answer of the service can change the status.</summary>
    public bool IsFinished => Batches.All(static batch => IsFinal(batch.Status));

    internal static bool IsFinal(AdxIngestionStatus status) =>
        status is AdxIngestionStatus.Succeeded or AdxIngestionStatus.Failed or AdxIngestionStatus.Canceled or AdxIngestionStatus.Unknown
            or AdxIngestionStatus.Empty or AdxIngestionStatus.PartiallySucceeded;

    /// <summary>What becomes of a call that had nothing to send.</summary>
    internal static AdxIngestion OfNothing(string database, IngestionRequest request, long rejectedRows) => new()
    {
        Id = Guid.NewGuid(),
        Database = database,
        Table = request.Table,
        Mode = request.Mode,
        StartTime = DateTime.UtcNow,
        Elapsed = TimeSpan.Zero,
        RejectedRows = rejectedRows,
        Batches = [],
    };

    internal AdxIngestion With(IReadOnlyList<AdxIngestionBatch> batches, DateTime startTime, TimeSpan elapsed) => new()
    {
        Id = Id,
        Database = Database,
        Table = Table,
        Mode = Mode,
        StartTime = startTime,
        Elapsed = elapsed,
        RejectedRows = RejectedRows,
        Batches = batches,
    };

    /// <summary>The table, the rows and the status.</summary>
    public override string ToString() => Rows is { } rows ? $"{Database}.{Table}: {rows} rows, {Status}" : $"{Database}.{Table}: {Status}";

    private long? Sum(Func<AdxIngestionBatch, long?> figure) => Batches.Any(batch => figure(batch) is null) ? null : Batches.Sum(figure);
}
