namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>The bytes of a blob or a block, as a list of arrays. Immutable.</summary>
internal sealed class BlobContent
{
    private const int SegmentSize = 1024 * 1024;

    private readonly ReadOnlyMemory<byte>[] _segments;

    private BlobContent(ReadOnlyMemory<byte>[] segments)
    {
        _segments = segments;
        foreach (ReadOnlyMemory<byte> segment in segments)
            Length += segment.Length;
    }

    public long Length { get; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments => _segments;

    public static BlobContent FromBytes(ReadOnlyMemory<byte> bytes) => new([bytes]);

    /// <summary>Reads a stream to its end, or the announced number of bytes (-1: none announced).</summary>
    /// <exception cref="EndOfStreamException">Fewer bytes came than announced.</exception>
    public static async Task<BlobContent> ReadAsync(Stream source, long expected, CancellationToken cancel)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        long total = 0;
        while (true)
        {
            long left = expected < 0 ? SegmentSize : expected - total;
            if (left <= 0) break;
            byte[] segment = GC.AllocateUninitializedArray<byte>((int)Math.Min(left, SegmentSize));
            int read = await source.ReadAtLeastAsync(segment, segment.Length, throwOnEndOfStream: false, cancel);
            if (read > 0) segments.Add(segment.AsMemory(0, read));
            total += read;
            if (read < segment.Length) break;
        }

        if (expected >= 0 && total != expected) throw new EndOfStreamException($"The body ended after {total} of {expected} bytes.");
        return new BlobContent([.. segments]);
    }

    /// <summary>Reads a file to its end.</summary>
    public static BlobContent Read(FileStream source)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        for (long left = source.Length; left > 0;)
        {
            byte[] segment = GC.AllocateUninitializedArray<byte>((int)Math.Min(left, SegmentSize));
            source.ReadExactly(segment);
            segments.Add(segment);
            left -= segment.Length;
        }

        return new BlobContent([.. segments]);
    }

    /// <summary>Blocks one after the other; the arrays are shared.</summary>
    public static BlobContent Concatenate(IEnumerable<BlobContent> blocks) => new([.. blocks.SelectMany(b => b._segments)]);

    public Stream OpenRead() => new BlobStream(this);
}
