namespace AdxFlow.Ingestion.Transports;

/// <summary>A small batch in the scratch file.</summary>
internal sealed class ScratchContent(ScratchFile file) : HeldContent
{
    private readonly List<(long Place, int Length)> _pieces = [];
    private int _length;

    public override long Sent => _length;

    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel)
    {
        byte[] bytes = new byte[_length];
        int at = 0;
        try
        {
            foreach ((long place, int length) in _pieces)
            {
                await file.ReadAsync(bytes.AsMemory(at, length), place, cancel);
                at += length;
            }
        }
        catch (IOException failure)
        {
            throw Files.FileErrors.NoScratch(failure);
        }
        return bytes;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckLength();
        _pieces.Add((await file.WriteAsync(buffer, cancellationToken), buffer.Length));
        _length += buffer.Length;
    }

    protected override ValueTask ReplaceAsync(ReadOnlyMemory<byte> bytes)
    {
        Free();
        return WriteAsync(bytes);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Free();
        base.Dispose(disposing);
    }

    private void Free()
    {
        file.Free(_length);
        _pieces.Clear();
        _length = 0;
    }
}
