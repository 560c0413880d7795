namespace AdxFlow.Ingestion.Files;

/// <summary>Counts records, up to a number of bytes, and keeps none.</summary>
internal sealed class CountedRecords(long maxBytes) : IRecordSink
{
    private long _bytes;

    public long Rows { get; private set; }

    public long RowsThatFit => long.MaxValue;

    public long BytesThatFit => long.MaxValue;

    public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> records, long rows)
    {
        Rows += rows;
        _bytes += records.Length;
        return ValueTask.FromResult(_bytes <= maxBytes);
    }
}
