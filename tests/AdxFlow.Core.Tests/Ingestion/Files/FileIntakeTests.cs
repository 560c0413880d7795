using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Core.Tests.Ingestion.Files;

public sealed class FileIntakeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("adxflow-test-").FullName;
    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();
    private readonly ConcurrentQueue<FileRejected> _rejected = new();
    private readonly ConcurrentBag<SubmissionQueue> _queues = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Many_small_files_go_in_one_batch_with_their_headers_cut(int throttleLimit)
    {
        var transport = new MemoryTransport();
        FileIngestion[] files = [.. Enumerable.Range(0, 1000).Select(number => new FileIngestion { Path = Write($"{number}.csv", $"h1,h2\n{number},\"a\nb\"\n\n{number},c"), IgnoreFirstRecord = true })];
        await SendAsync(transport, new IngestionRequest { Table = "T", ThrottleLimit = throttleLimit }, files);
        AdxIngestionBatch batch = Assert.Single(_accepted);
        Assert.Equal(2000, batch.Rows);
        Assert.Equal(transport.Texts.Single().Length, batch.RawBytes);
        string[] sent = [.. transport.Texts.Single().Split("c\n", StringSplitOptions.RemoveEmptyEntries).Order()];
        Assert.Equal(Enumerable.Range(0, 1000).Select(static number => $"{number},\"a\nb\"\n\n{number},").Order(), sent);
        Assert.Single(transport.Submissions);
    }

    /// <summary>Whatever a file holds that is called an archive or compressed, it is that file which is refused, and the next one is sent.</summary>
    [Theory]
    [InlineData("zip")]
    [InlineData("gz")]
    public async Task A_file_that_is_damaged_anywhere_hinders_no_other(string kind)
    {
        byte[] whole = Packed(kind);
        var random = new Random(7);
        var files = new List<FileIngestion>();
        for (int number = 0; number < 400; number++)
        {
            byte[] damaged = [.. whole];
            for (int spoiled = random.Next(1, 6); spoiled > 0; spoiled--)
                damaged[random.Next(4, damaged.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            string path = Path.Combine(_directory, $"{number}.csv.{kind}");
            await File.WriteAllBytesAsync(path, random.Next(4) == 0 ? damaged[..random.Next(4, damaged.Length)] : damaged, Stop);
            files.Add(new FileIngestion { Path = path, Format = AdxDataFormat.Csv });
        }
        files.Add(new FileIngestion { Path = Write("good.tsv", "good\n") });
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T", ThrottleLimit = 2 }, [.. files]);
        Assert.Contains("good\n", transport.Texts);
        Assert.All(_rejected, static rejected => Assert.StartsWith("AdxFile", rejected.Failure.ErrorId, StringComparison.Ordinal));
        Assert.NotEmpty(_rejected);
    }

    private static byte[] Packed(string kind)
    {
        using var packed = new MemoryStream();
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(static row => row + ",abc\n")));
        if (kind == "gz")
        {
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(text);
            return packed.ToArray();
        }
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in (string[])["a.csv", "b.csv"])
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(text);
            }
        }
        return packed.ToArray();
    }

    /// <summary>Batches of many files wait in a temporary file there; it is no file of the user's that cannot be read.</summary>
    [Fact]
    public async Task A_disk_that_is_full_is_told_as_such()
    {
        var transport = new MemoryTransport { OnCommit = static _ => Task.FromException(new IOException("No space left on device", 28)) };
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => SendAsync(transport, new IngestionRequest { Table = "T" }, [new FileIngestion { Path = Write("a.csv", "1\n") }]));
        Assert.Equal("AdxDiskFull", failure.ErrorId);
        Assert.Empty(_rejected);
    }

    [Fact]
    public async Task Files_of_several_formats_share_batches_by_format()
    {
        var transport = new MemoryTransport();
        FileIngestion[] files = [.. Enumerable.Range(0, 60).Select(number => new FileIngestion { Path = (number % 3) switch
        {
            0 => Write($"{number}.csv", "a,1\n"),
            1 => Write($"{number}.tsv", "a\t1\n"),
            _ => Write($"{number}.jsonl", "{\"a\":1}\n"),
        } })];
        await SendAsync(transport, new IngestionRequest { Table = "T", ThrottleLimit = 4 }, files);
        Assert.Equal([".csv.gz", ".json.gz", ".tsv.gz"], transport.Opened.Select(static content => content.Extension).Order());
        Assert.All(_accepted, static batch => Assert.Equal(20, batch.Rows));
    }

    [Fact]
    public async Task More_formats_than_may_be_open_arrive_all_the_same()
    {
        var transport = new MemoryTransport();
        FileIngestion[] files = [.. Enumerable.Range(0, 20).Select(number => new FileIngestion { Path = Write($"{number}.{new[] { "csv", "tsv", "psv", "scsv" }[number % 4]}", "a\n") })];
        await SendAsync(transport, new IngestionRequest { Table = "T", ThrottleLimit = 1 }, files);
        Assert.Equal(20, _accepted.Sum(static batch => batch.Rows));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(0, 40)]
    public async Task Shared_batches_hold_to_the_limits_and_never_split_a_file(long batchRows, long batchBytes)
    {
        var transport = new MemoryTransport();
        FileIngestion[] files = [.. Enumerable.Range(0, 30).Select(number => new FileIngestion { Path = Write($"{number}.csv", $"{number:D3}\n{number:D3}\n{number:D3}\n") })];
        var request = new IngestionRequest { Table = "T", BatchRows = batchRows, ThrottleLimit = 3 };
        await SendAsync(transport, batchBytes > 0 ? request with { BatchBytes = batchBytes } : request, files);
        Assert.Equal(90, _accepted.Sum(static batch => batch.Rows));
        Assert.All(_accepted, batch => Assert.True((batchRows == 0 || batch.Rows <= batchRows) && (batchBytes == 0 || batch.RawBytes <= batchBytes)));
        Assert.All(transport.Texts, static text => Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).GroupBy(static line => line), static file => Assert.Equal(3, file.Count())));
    }

    [Fact]
    public async Task A_bad_file_is_told_and_leaves_no_row_in_a_shared_batch()
    {
        var transport = new MemoryTransport();
        await SendAsync(transport, new IngestionRequest { Table = "T", ThrottleLimit = 2 },
            new() { Path = Write("1.csv", "a,1\n") }, new() { Path = Write("2.csv", "b,2\n\"open") }, new() { Path = Path.Combine(_directory, "none.csv") }, new() { Path = Write("3.csv", "c,3\n") });
        Assert.Equal(["a,1", "c,3"], transport.Texts.Single().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Equal(["AdxFileTruncated", "AdxFileNotFound"], _rejected.OrderBy(static rejected => rejected.File.Path).Select(static rejected => rejected.Failure.ErrorId));
    }

    [Fact]
    public async Task Batches_of_many_files_fill_requests()
    {
        var transport = new MemoryTransport { MaxBatchesPerSubmission = 20 };
        FileIngestion[] files = [.. Enumerable.Range(0, 60).Select(number => new FileIngestion { Path = Write($"{number}.parquet", "PAR1") })];
        var time = Stopwatch.StartNew();
        await SendAsync(transport, new IngestionRequest { Table = "T" }, files);
        Assert.Equal(60, _accepted.Count);
        Assert.All(_accepted, static batch => Assert.True(batch.IsRawBytesEstimated));
        // Batches that have waited for a second do not wait for the others.
        Assert.InRange(transport.Submissions.Count, 3, 6 + (int)time.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task A_refusal_of_the_service_ends_everything_and_leaves_nothing()
    {
        var transport = new MemoryTransport { MaxBatchesPerSubmission = 1, OnSubmit = static _ => Task.FromException(new AdxException("AdxForbidden", AdxErrorKind.PermissionDenied, "no")) };
        FileIngestion[] files = [.. Enumerable.Range(0, 200).Select(number => new FileIngestion { Path = Write($"{number}.parquet", "PAR1") })];
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => SendAsync(transport, new IngestionRequest { Table = "T" }, files));
        Assert.Equal("AdxForbidden", failure.ErrorId);
        Assert.All(transport.Opened, content => Assert.True(content.IsAbandoned || transport.Discarded.Any(batch => batch.Content == content)));
    }

    private async Task SendAsync(MemoryTransport transport, IngestionRequest request, params FileIngestion[] files)
    {
        var properties = new BatchProperties { Database = "D", Table = "T", Format = AdxDataFormat.Csv };
        var intake = new FileIntake(request, format => new FormatRoute(transport, properties with { Format = format }), route =>
        {
            var queue = new SubmissionQueue(transport, route.Properties, _accepted.Enqueue, Stop);
            _queues.Add(queue);
            return queue;
        }, _rejected.Enqueue, Stop);
        Task running = intake.RunAsync();
        await Task.Run(() =>
        {
            try
            {
                foreach (FileIngestion file in files)
                    intake.Add(file);
            }
            catch (OperationCanceledException)
            {
                // What ended it is told by the task.
            }
        }, Stop);
        intake.Complete();
        try
        {
            await running.EndsAsync();
        }
        finally
        {
            foreach (SubmissionQueue queue in _queues)
            {
                queue.Complete();
                await queue.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        foreach (SubmissionQueue queue in _queues)
            await queue.Completion;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
