namespace AdxFlow.Local.Endpoints;

/// <summary>Passes on so many bytes, then ends the connection and fails.</summary>
internal sealed class CuttingStream(Stream inner, long most, Action cut) : Stream
{
    private long _left = most;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int taken = (int)Math.Min(_left, buffer.Length);
        if (taken > 0) inner.Write(buffer[..taken]);
        Count(taken, buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int taken = (int)Math.Min(_left, buffer.Length);
        if (taken > 0) await inner.WriteAsync(buffer[..taken], cancellationToken);
        Count(taken, buffer.Length);
    }

    private void Count(int taken, int wanted)
    {
        _left -= taken;
        if (taken == wanted) return;
        cut();
        throw new IOException("The answer was cut on purpose.");
    }
}
