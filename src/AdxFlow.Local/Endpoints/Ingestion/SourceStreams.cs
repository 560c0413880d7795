using System.IO.Compression;
using System.Text.RegularExpressions;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Opens data as what is to be read: as it is, decompressed, or file by file of an archive.</summary>
/// <remarks>Source: Microsoft Learn, "Data formats supported for ingestion", compression by the ending of the name.</remarks>
internal static class SourceStreams
{
    // Text shrinks to a tenth, seldom to a hundredth. What grows more than this is made to fill the memory.
    private const int MaxExpansion = 200;
    private const long AlwaysAllowed = 1024L * 1024 * 1024;
    private const int MaxFiles = 10_000;

    // What is smaller is read before a second thread has begun.
    private const int AheadFrom = 64 * 1024;

    /// <summary>The most bytes that data of a length may hold, uncompressed.</summary>
    public static long Limit(long length, bool compressed) =>
        compressed ? Math.Min(BlobIngestion.MaxDataSize, Math.Max(AlwaysAllowed, length * MaxExpansion)) : BlobIngestion.MaxDataSize;

    /// <summary>Reads all of the data.</summary>
    /// <param name="source">The data.</param>
    /// <param name="properties">How to read it.</param>
    /// <param name="read">Reads one file to its end and tells the number of its bytes.</param>
    /// <returns>The number of bytes, uncompressed.</returns>
    /// <exception cref="IngestionException">The compression is malformed, or hides too much.</exception>
    public static long Read(IngestionSource source, IngestionProperties properties, Func<Stream, long> read)
    {
        bool gzip = source.Address.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && !properties.TreatGzAsUncompressed;
        bool zip = source.Address.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        long limit = properties.MostBytes ?? Limit(source.Content.Length, gzip || zip);
        try
        {
            using Stream raw = source.Content.OpenRead();
            if (zip) return ReadArchive(raw, properties, limit, read);
            using Stream plain = gzip ? new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true) : raw;
            using var bounded = new BoundedStream(plain, limit);
            using Stream ahead = gzip && source.Content.Length > AheadFrom ? new ReadAheadStream(bounded) : bounded;
            long size = read(ahead);
            if (gzip && source.Content.Length > 0) GzipIntegrity.Verify(source.Content, size);
            return size;
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw new IngestionException("BadRequest_FileTooLarge", $"The data is larger than {limit} bytes.");
        }
        catch (InvalidDataException)
        {
            throw zip
                ? new IngestionException("BadRequest_InvalidArchive", "The archive is invalid: it is not zip, or is damaged.")
                : new IngestionException("BadRequest_InvalidBlob", "The blob is invalid: the data is not gzip, or is damaged.");
        }
    }

    private static long ReadArchive(Stream raw, IngestionProperties properties, long limit, Func<Stream, long> read)
    {
        ZipArchive archive = Open(raw);
        using (archive)
        {
            if (archive.Entries.Count > MaxFiles) throw new IngestionException("BadRequest_InvalidArchive", $"The archive has more than {MaxFiles} files.");
            Regex? pattern = Pattern(properties.ZipPattern);
            List<ZipArchiveEntry> files = [.. archive.Entries.Where(e => e.Name.Length > 0 && pattern?.IsMatch(e.FullName) != false)];
            if (files.Count == 0) throw new IngestionException("BadRequest_EmptyArchive", "The archive is empty, or has no file of the pattern.");
            long size = 0;
            foreach (ZipArchiveEntry file in files)
            {
                using var checkedStream = new ChecksumStream(OpenEntry(file));
                using var bounded = new BoundedStream(checkedStream, limit - size);
                size += read(bounded);
                if (checkedStream.Checksum != file.Crc32) throw new InvalidDataException($"The checksum of '{file.FullName}' is wrong.");
            }

            return size;
        }
    }

    private static ZipArchive Open(Stream raw)
    {
        try
        {
            return new ZipArchive(raw, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static Stream OpenEntry(ZipArchiveEntry file)
    {
        try
        {
            return file.Open();
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or IOException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>A regular expression, or what people write instead of one: <c>*.csv</c>.</summary>
    private static Regex? Pattern(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.StartsWith('*')) text = "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new IngestionException("BadRequest_MalformedIngestionProperty", "Ingestion property 'zipPattern' is malformed: it is not a regular expression.");
        }
    }
}
