using System.IO.Compression;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.Ingestion;

/// <summary>Where rows go and how they are batched. The same for objects, readers and files.</summary>
public sealed record IngestionRequest
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(7);

    /// <summary>The table to send to.</summary>
    public required string Table { get; init; }

    /// <summary>The database; the connection's own if null.</summary>
    public string? Database { get; init; }

    /// <summary>Rows after which a batch is sealed; 0, the default, for no such limit.</summary>
    public long BatchRows { get; init; }

    /// <summary>
    /// Bytes before compression after which a batch is sealed; 256 MiB by default. ADX does best with 100 MB to 1 GB
    /// (https://learn.microsoft.com/kusto/management/batching-policy).
    /// </summary>
    public long BatchBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Age at which an open batch is sealed, even when no further row comes; 30 seconds by default, as in the Flink connector.
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no such limit, else above zero and at most 7 days. Files do not age: their batches are queued together.
    /// </summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much time compression may take for how few bytes; the fastest by default.</summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Fastest;

    /// <summary>How many blocks are encoded, and how many uploaded, at the same time; the number of processors by default, at most 8.</summary>
    public int ThrottleLimit { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>
    /// For how long uploads and requests that fail for a passing reason (throttling, no connection, a service that is being
    /// updated) are tried again before the ingestion gives up; 10 minutes by default, zero for the few tries of one request.
    /// </summary>
    public TimeSpan RetryWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The way by which batches go; by default the one that fits the table and the batch.</summary>
    public AdxIngestionMode Mode { get; init; }

    /// <summary>
    /// All columns of the table, in its order, for who knows them already; null, the default, to have them looked up. Rows that are
    /// streamed go to columns by their place in the table.
    /// </summary>
    public IReadOnlyList<AdxColumn>? TableColumns { get; init; }

    /// <summary>The name of a mapping that the table or database has; null for columns by position (text) or by name (JSON).</summary>
    public string? MappingName { get; init; }

    /// <summary>
    /// A mapping that is sent along with files: their fields to columns, as a mapping of the table has them; null
    /// for none. Its kind is that of the files' format.
    /// </summary>
    public IReadOnlyList<AdxColumnMapping>? Mapping { get; init; }

    /// <summary>Extent tags, such as <c>drop-by:2026-11</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags that the data gets; each value becomes the tag <c>ingest-by:value</c>.</summary>
    public IReadOnlyList<string> IngestBy { get; init; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags; data of which the table has one already is not ingested again.</summary>
    public IReadOnlyList<string> IngestIfNotExists { get; init; } = [];

    /// <summary>The time at which the extents pass for created, in UTC, for retention and caching; null for now.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>What is promised of each row; at least once by default.</summary>
    public AdxDeliveryGuarantee DeliveryGuarantee { get; init; }

    /// <summary>The directory under which rows are kept until the service has confirmed them; null for none. Rows only, no files.</summary>
    public string? SpoolPath { get; init; }

    /// <summary>The name of this ingestion in the spool, by which a later one goes on where it ended; null for a new one.</summary>
    public string? SpoolName { get; init; }

    /// <summary>Bytes that the batches of this ingestion may take in the spool; 4 GiB by default. Whoever sends rows waits for room.</summary>
    public long SpoolBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How records of delimited files are checked by the service; null for its default, <see cref="AdxValidationPolicy.BestEffort"/>.</summary>
    public AdxValidationPolicy? ValidationPolicy { get; init; }

    /// <summary>True to have each batch ingested at once and alone, without collecting; that costs the cluster many small extents.</summary>
    public bool SkipBatching { get; init; }

    /// <summary>True to let the ingestion add columns to the table.</summary>
    public bool ExtendSchema { get; init; }

    /// <summary>True to leave the blobs where they were uploaded to; by default the service deletes each one when it has ingested it.</summary>
    public bool KeepBlob { get; init; }

    /// <summary>Refuses limits by which no batch could be made, before anything is sent.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidBatch</c>: a limit is out of its range. <c>AdxInvalidCombination</c>: two properties, or a property and the mode, do not go together.</exception>
    internal void Check()
    {
        Require(BatchRows >= 0, "the number of rows is negative");
        Require(BatchBytes > 0, "the number of bytes is not positive");
        Require(BatchInterval == Timeout.InfiniteTimeSpan || (BatchInterval > TimeSpan.Zero && BatchInterval <= LongestInterval), $"the interval is not between 0 and {LongestInterval.Days} days");
        Require(ThrottleLimit > 0, "the throttle limit is not positive");
        Require(SpoolBytes > 0, "the room of the spool is not positive");
        SpoolRules.Check(this);
        PropertyRules.Check(this);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new AdxException("AdxInvalidBatch", AdxErrorKind.InvalidArgument, $"No batch can be made: {otherwise}.") { RecommendedAction = "Correct -BatchRows, -BatchSizeMB, -BatchInterval, -SpoolSizeMB or -ThrottleLimit, whichever the message is about." };
    }
}
