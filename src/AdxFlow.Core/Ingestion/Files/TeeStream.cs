namespace AdxFlow.Ingestion.Files;

/// <summary>Gives on to a second place whatever is read from the first.</summary>
internal sealed class TeeStream(Stream source, Stream copy) : ForwardReadStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await source.ReadAsync(buffer, cancellationToken);
        await copy.WriteAsync(buffer[..count], cancellationToken);
        return count;
    }
}
