namespace AdxFlow.Local.Endpoints;

/// <summary>
/// Reads a body that came in chunks. Where the connection ends before the last chunk the runtime's listener tells the end of the
/// body, as if the half of it were the whole; here that is an error.
/// </summary>
/// <param name="inner">The body.</param>
/// <param name="isClientGone">Whether the client has closed the connection: whoever sent all of a body waits for the answer.</param>
internal sealed class WholeBodyStream(Stream inner, Func<bool> isClientGone) : ForwardReadStream
{
    public override int Read(Span<byte> buffer) => Check(inner.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Check(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Check(int read, int wanted) =>
        read == 0 && wanted > 0 && isClientGone() ? throw new EndOfStreamException("The connection ended before the body did.") : read;
}
