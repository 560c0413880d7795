namespace AdxFlow.Ingestion.Files;

/// <summary>Takes the records of a file, in order.</summary>
internal interface IRecordSink
{
    /// <summary>Rows up to the end of the batch that is open.</summary>
    long RowsThatFit { get; }

    /// <summary>Bytes up to the end of the batch that is open.</summary>
    long BytesThatFit { get; }

    /// <summary>Takes whole records; false if it wants no more of them.</summary>
    ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> records, long rows);
}
