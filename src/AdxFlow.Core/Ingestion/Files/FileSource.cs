using System.Buffers.Binary;

namespace AdxFlow.Ingestion.Files;

/// <summary>A file that is open for reading, with what it is packed in. Its content tells that, and the name is held to it.</summary>
internal sealed class FileSource : IDisposable
{
    private const int SignatureLength = 4;
    private const int GzipLengthField = 4;

    private FileSource(string path, FileStream stream, Packing packing)
    {
        Path = path;
        Stream = stream;
        Packing = packing;
    }

    public string Path { get; }

    public FileStream Stream { get; }

    public Packing Packing { get; }

    public long Length => Stream.Length;

    /// <exception cref="AdxFileException">There is no such file, it is empty, or it is called packed and is not.</exception>
    public static FileSource Open(string path)
    {
        Check(path);
        var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        try
        {
            if (stream.Length == 0)
                throw FileErrors.Empty(path);
            Packing packing = ReadPacking(stream);
            Packing named = DataFormats.PackingFromName(path);
            if (named != Packing.None && packing != named)
                throw FileErrors.NotPacked(path, named == Packing.Gzip ? "gzip" : "zip");
            return new FileSource(path, stream, packing);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Tells what is no file at all, before its name is asked for a format.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw FileErrors.IsDirectory(path);
        if (!File.Exists(path))
            throw FileErrors.NotFound(path);
    }

    public void Rewind() => Stream.Position = 0;

    /// <summary>The raw size that gzip notes at its end: of the last member, modulo 4 GiB, so a lower bound in practice.</summary>
    public long NotedRawSize()
    {
        Span<byte> field = stackalloc byte[GzipLengthField];
        return Length >= GzipLengthField && RandomAccess.Read(Stream.SafeFileHandle, field, Length - GzipLengthField) == GzipLengthField
            ? BinaryPrimitives.ReadUInt32LittleEndian(field)
            : 0;
    }

    public void Dispose() => Stream.Dispose();

    private static Packing ReadPacking(FileStream stream)
    {
        Span<byte> start = stackalloc byte[SignatureLength];
        ReadOnlySpan<byte> signature = start[..RandomAccess.Read(stream.SafeFileHandle, start, 0)];
        if (signature.StartsWith<byte>([0x1f, 0x8b]))
            return Packing.Gzip;
        // A file of an archive, or the end of one that has none.
        return signature.SequenceEqual("PK\x03\x04"u8) || signature.SequenceEqual("PK\x05\x06"u8) ? Packing.Zip : Packing.None;
    }
}
