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
