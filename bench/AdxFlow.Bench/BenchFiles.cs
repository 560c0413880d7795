using System.Globalization;
using System.IO.Compression;

namespace AdxFlow.Bench;

/// <summary>Files of rows, and what the runtime alone makes of them.</summary>
public static class BenchFiles
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>Writes rows as CSV.</summary>
    public static void Write(string path, long rows) => Write(path, 0, rows);

    /// <summary>Writes rows as CSV to several files in a directory.</summary>
    public static void WriteMany(string directory, int files, int rowsEach)
    {
        for (int file = 0; file < files; file++)
            Write(Path.Combine(directory, file.ToString("D6", CultureInfo.InvariantCulture) + ".csv"), (long)file * rowsEach, rowsEach);
    }

    /// <summary>Compresses a file to nowhere, on this thread.</summary>
    public static void Compress(string path, CompressionLevel level)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using GZipStream gzip = new(Stream.Null, level);
        file.CopyTo(gzip, BufferSize);
    }

    /// <summary>
    /// Compresses a file to nowhere, a part of it on each processor: what the machine could do at most if reading, cutting and
    /// sending cost nothing.
    /// </summary>
    public static void CompressOnAll(string path, CompressionLevel level)
    {
        int parts = Environment.ProcessorCount;
        long length = new FileInfo(path).Length;
        Parallel.For(0, parts, part =>
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            file.Position = length * part / parts;
            long left = (length * (part + 1) / parts) - file.Position;
            using GZipStream gzip = new(Stream.Null, level);
            byte[] buffer = new byte[BufferSize];
            for (int count; left > 0 && (count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left))) > 0; left -= count)
                gzip.Write(buffer, 0, count);
        });
    }

    private static void Write(string path, long first, long rows)
    {
        using StreamWriter writer = new(path, append: false, new System.Text.UTF8Encoding(false), BufferSize);
        for (long number = first; number < first + rows; number++)
        {
            BenchRow row = BenchRow.Of(number);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.Id},{row.Time:yyyy-MM-ddTHH:mm:ssZ},{row.Computer},{row.Value:R},{row.Ok},{row.Message}\n"));
        }
    }
}
