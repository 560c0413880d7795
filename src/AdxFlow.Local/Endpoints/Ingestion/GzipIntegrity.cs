using System.Buffers.Binary;
using System.IO.Compression;
using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Finds out whether gzip data was cut short. The runtime's decompressor checks the trailer of a member where there is
/// one, but ends quietly where the data does.
/// </summary>
/// <remarks>Source: RFC 1952, GZIP file format specification.</remarks>
internal static class GzipIntegrity
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <exception cref="IngestionException">The data ends before the last member does.</exception>
    public static void Verify(BlobContent content, long uncompressedLength)
    {
        using Stream blob = content.OpenRead();
        if (blob.Length < HeaderLength + TrailerLength) throw Truncated();
        uint lastSize = ReadTrailerSize(blob);

        // With one member, the trailer holds the length of everything.
        if ((uint)uncompressedLength == lastSize) return;
        long member = FindLastMember(blob);
        if (member <= 0) throw Truncated();
        blob.Position = member;
        if ((uint)Decompress(blob) != lastSize) throw Truncated();
    }

    private static uint ReadTrailerSize(Stream blob)
    {
        Span<byte> size = stackalloc byte[4];
        blob.Seek(-4, SeekOrigin.End);
        blob.ReadExactly(size);
        return BinaryPrimitives.ReadUInt32LittleEndian(size);
    }

    /// <summary>The offset of the last thing that is a member's header by all its constant parts.</summary>
    private static long FindLastMember(Stream blob)
    {
        const int Window = 64 * 1024;
        byte[] buffer = new byte[Window + HeaderLength];
        for (long start = Math.Max(0, blob.Length - Window); ; start = Math.Max(0, start - Window))
        {
            blob.Position = start;
            int length = blob.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            for (int i = length - HeaderLength; i >= 0; i--)
            {
                if (IsHeader(buffer.AsSpan(i, HeaderLength))) return start + i;
            }

            if (start == 0) return -1;
        }
    }

    private static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8 && (bytes[3] & 0xe0) == 0
        && bytes[8] is (0 or 2 or 4) && bytes[9] is (<= 13 or 255);

    private static long Decompress(Stream blob)
    {
        using var gzip = new GZipStream(blob, CompressionMode.Decompress);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while ((read = gzip.Read(buffer)) > 0)
            total += read;
        return total;
    }

    private static IngestionException Truncated() => new("BadRequest_InvalidBlob", "The blob is invalid: the gzip data ends before its end.");
}
