using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;

namespace AdxFlow.Ingestion.Files.Compression;

/// <summary>
/// A piece of a gzip stream, compressed by itself: it ends on a byte, so that pieces join to one stream of one member, which
/// every reader takes. The runtime's own compressor makes a whole stream of it, whose head and tail are left out.
/// </summary>
internal sealed class GzipPiece : IDisposable
{
    // RFC 1952: a head without a name, and a check sum and a length as tail.
    private const int HeadLength = 10;
    private const int TailLength = 8;

    private static readonly ConcurrentBag<MemoryStream> Idle = [];

    private readonly MemoryStream _bytes;
    private readonly int _end;

    private GzipPiece(MemoryStream bytes, int end)
    {
        _bytes = bytes;
        _end = end;
        Checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes.GetBuffer().AsSpan((int)bytes.Length - TailLength));
    }

    public uint Checksum { get; }

    public ReadOnlyMemory<byte> Body => _bytes.GetBuffer().AsMemory(HeadLength, _end - HeadLength);

    public static GzipPiece Compress(ReadOnlySpan<byte> raw, CompressionLevel level)
    {
        MemoryStream bytes = Idle.TryTake(out MemoryStream? idle) ? idle : new MemoryStream();
        bytes.SetLength(0);
        int end;
        using (var gzip = new GZipStream(bytes, level, leaveOpen: true))
        {
            gzip.Write(raw);
            gzip.Flush();
            end = (int)bytes.Length;
        }
        return new GzipPiece(bytes, end);
    }

    public void Dispose() => Idle.Add(_bytes);
}
