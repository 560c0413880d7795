namespace AdxFlow.Ingestion.Transports;

/// <summary>Where the compressed bytes of one open batch go. Write-only; what was written counts only once it is committed.</summary>
internal abstract class BatchContent : Stream
{
    /// <summary>Bytes taken so far.</summary>
    public abstract long Sent { get; }

    /// <summary>Bytes before compression, as far as the batch has come; set by who compresses.</summary>
    public long RawBytes { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Sent;

    public override long Position
    {
        get => Sent;
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what is left and makes the content whole.</summary>
    public abstract Task CommitAsync();

    /// <summary>Stops what is under way and frees what it holds. Does not throw.</summary>
    public abstract Task AbandonAsync();

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // What a compressor flushes goes on with the bytes that follow.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
