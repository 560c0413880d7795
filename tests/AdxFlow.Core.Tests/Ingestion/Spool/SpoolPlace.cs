using System.Globalization;
using System.IO.Compression;
using System.Text;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.Core.Tests.Ingestion.Spool;

/// <summary>A directory for spools that goes with the test, and rows to put in them.</summary>
internal sealed class SpoolPlace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("adxflow-spool-").FullName;

    public string Ingestion => Path.Combine(Root, "one");

    public static SpoolManifest Manifest { get; } = new()
    {
        Id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Name = "one",
        Cluster = new Uri("https://c.example/"),
        IngestionUri = new Uri("https://ingest-c.example/"),
        Database = "D",
        Table = "T",
        DeliveryGuarantee = AdxDeliveryGuarantee.ExactlyOnce,
        CreatedOn = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc),
        CreatedBy = "a@b",
    };

    public SpoolDirectory Open() => SpoolDirectory.Open(Ingestion, Manifest);

    /// <summary>Adds rows "r1\n", "r2\n", … from the position of the batch on, in frames of some rows.</summary>
    public static void Write(SpoolBatchWriter batch, int frames, int rowsInFrame)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            long first = batch.Position;
            string rows = string.Concat(Enumerable.Range(1, rowsInFrame).Select(row => Row(first + row)));
            batch.Write(Encoding.UTF8.GetBytes(rows), rowsInFrame, first + rowsInFrame);
        }
    }

    public static string Row(long number) => "r" + number.ToString(CultureInfo.InvariantCulture) + "\n";

    public static string Rows(long count) => string.Concat(Enumerable.Range(1, (int)count).Select(static row => Row(row)));

    /// <summary>The text that would be sent of a batch.</summary>
    public static async Task<string> TextAsync(SpoolDirectory spool, SpoolRecord record)
    {
        using var sent = new MemoryStream();
        await SpoolBatchFile.ReadAsync(spool.Path, record, static _ => ValueTask.CompletedTask, piece =>
        {
            sent.Write(piece.Span);
            return ValueTask.CompletedTask;
        });
        sent.Position = 0;
        using var gzip = new GZipStream(sent, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Another directory with the same files.</summary>
    public SpoolPlace Copy()
    {
        var copy = new SpoolPlace();
        Directory.CreateDirectory(copy.Ingestion);
        foreach (string file in Directory.EnumerateFiles(Ingestion))
            File.Copy(file, Path.Combine(copy.Ingestion, Path.GetFileName(file)));
        return copy;
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
