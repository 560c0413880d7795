using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AdxFlow.Bench.Local;

/// <summary>Rows as telemetry has them: a number, a time, a computer of a thousand, a value, a flag, a message of its own.</summary>
internal static class SampleRows
{
    public const string Columns = "Id:long, Time:datetime, Computer:string, Value:real, Ok:bool, Message:string";
    public const int Computers = 1000;

    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static DateTime Time(long id) => Begin.AddTicks(id * 12_345_678);

    public static string Computer(long id) => "host-" + (id * 7919 % Computers).ToString("d4", CultureInfo.InvariantCulture);

    public static double Value(long id) => id % 10_007 / 7.0;

    public static bool Ok(long id) => id % 17 != 0;

    public static string Message(long id) => "request " + id.ToString(CultureInfo.InvariantCulture) + " was served";

    /// <summary>Rows as CSV, compressed, and their bytes before.</summary>
    public static (byte[] Gzip, long Raw) Csv(long from, int count)
    {
        var compressed = new MemoryStream();
        long raw = 0;
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            var text = new StringBuilder();
            for (long id = from; id < from + count; id++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{id},{Time(id):yyyy-MM-ddTHH:mm:ss.fffffffZ},{Computer(id)},{Value(id):R},{(Ok(id) ? "true" : "false")},\"{Message(id)}\"\n");
                if (text.Length < 64 * 1024 && id + 1 < from + count) continue;
                byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
                gzip.Write(bytes);
                raw += bytes.Length;
                text.Clear();
            }
        }

        return (compressed.ToArray(), raw);
    }
}
