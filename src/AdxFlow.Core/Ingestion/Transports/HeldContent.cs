namespace AdxFlow.Ingestion.Transports;

/// <summary>A small batch that is held on this machine until it is sent in one request.</summary>
internal abstract class HeldContent : BatchContent
{
    /// <summary>
    /// Raw bytes that one request may carry. The documentation says "4 MB", before compression; this fits whichever megabyte is meant.
    /// Source: https://learn.microsoft.com/azure/data-explorer/ingest-data-streaming#limitations
    /// </summary>
    public const long MaxRawBytes = 4_000_000;

    /// <summary>All of its bytes.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel);

    // There is nothing to take back, and nobody else to tell.
    public override Task CommitAsync() => Task.CompletedTask;

    public override Task AbandonAsync() => Task.CompletedTask;

    /// <summary>Refuses a record of a file that no request can carry. (Rows are measured before they come here.)</summary>
    protected void CheckLength()
    {
        if (RawBytes <= MaxRawBytes)
            return;
        throw new Files.AdxFileException("AdxRecordTooLong", AdxErrorKind.LimitExceeded, $"A record of the file has more than the {MaxRawBytes} bytes that can be streamed or sent inline. Nothing of the file was sent.")
        {
            RecommendedAction = "Send the file with -Mode Queued or Auto.",
        };
    }
}
