namespace AdxFlow.Ingestion.Files;

/// <summary>Counts the bytes that are read, and leaves the stream open.</summary>
internal sealed class CountingStream(Stream source) : ForwardReadStream
{
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await source.ReadAsync(buffer, cancellationToken);
        Count += count;
        return count;
    }
}
