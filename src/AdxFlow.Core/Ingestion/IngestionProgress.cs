namespace AdxFlow.Ingestion;

/// <summary>How far an ingestion has come. Its figures grow while it goes on and are read from any thread.</summary>
public sealed class IngestionProgress
{
    private static readonly AsyncLocal<IngestionProgress?> Flowing = new();

    private long _rows;
    private long _rawBytes;
    private long _sentBytes;
    private long _batches;
    private long _files;

    internal IngestionProgress()
    {
    }

    /// <summary>Rows that are in batches, be these accepted or not.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Bytes that are in batches, before compression.</summary>
    public long RawBytes => Interlocked.Read(ref _rawBytes);

    /// <summary>Bytes of accepted batches, as sent.</summary>
    public long SentBytes => Interlocked.Read(ref _sentBytes);

    /// <summary>Batches that the service has accepted.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Files that were read to their end, be it to send them or to refuse them.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>That of the ingestion whose work this is; it flows with the work.</summary>
    internal static IngestionProgress? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    internal void Add(long rows, long rawBytes)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _rawBytes, rawBytes);
    }

    internal void EndFile() => Interlocked.Increment(ref _files);

    internal void Accept(AdxIngestionBatch batch)
    {
        Interlocked.Add(ref _sentBytes, batch.SentBytes ?? 0);
        Interlocked.Increment(ref _batches);
    }
}
