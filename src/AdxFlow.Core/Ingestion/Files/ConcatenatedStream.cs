namespace AdxFlow.Ingestion.Files;

/// <summary>Reads one stream, then another, and owns both.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : ForwardReadStream
{
    private bool _firstEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_firstEnded)
        {
            int count = await first.ReadAsync(buffer, cancellationToken);
            if (count > 0 || buffer.IsEmpty)
                return count;
            _firstEnded = true;
        }
        return await second.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
            second.Dispose();
        }
        base.Dispose(disposing);
    }
}
