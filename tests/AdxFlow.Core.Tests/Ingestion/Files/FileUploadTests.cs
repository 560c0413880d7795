using System.IO.Compression;
using System.Text;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Core.Tests.Ingestion.Files;

public sealed class FileUploadTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("adxflow-test-").FullName;
    private readonly MemoryTransport _transport = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_file_is_one_batch_with_its_exact_size()
    {
        SealedBatch batch = Assert.Single(await UploadAsync(Write("a,1\nb,2\n")));
        Assert.Equal((2, 8), (batch.Rows, batch.RawBytes));
        MemoryTransport.MemoryContent content = Assert.Single(_transport.Opened);
        Assert.Equal("a,1\nb,2\n", content.Text);
        Assert.Equal(".csv.gz", content.Extension);
        Assert.Equal(batch.SourceId, content.SourceId);
        Assert.True(content.IsCommitted);
    }

    [Theory]
    [InlineData("a,1\nb,2", "a,1\nb,2\n", 2)]
    [InlineData("a,1\r\nb,2\r\n", "a,1\r\nb,2\r\n", 2)]
    [InlineData("a,1", "a,1\n", 1)]
    [InlineData("\uFEFFa,1\nb,2\n", "a,1\nb,2\n", 2)]
    [InlineData("\"a\nb\",1\nc,2\n", "\"a\nb\",1\nc,2\n", 2)]
    [InlineData("12\"\" pipe,1\nc,2", "12\"\" pipe,1\nc,2\n", 2)]
    public async Task What_is_sent_is_the_file_with_a_line_end_behind_the_last_record(string file, string sent, int rows)
    {
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(file));
        Assert.Equal(sent, string.Concat(_transport.Texts));
        Assert.Equal(rows, batches.Sum(static batch => batch.Rows));
        Assert.Equal(Encoding.UTF8.GetByteCount(sent), batches.Sum(static batch => batch.RawBytes));
    }

    [Theory]
    [InlineData("h1,h2\na,1\n", "a,1\n", 1)]
    [InlineData("\uFEFFh1,h2\r\na,1\r\nb,2", "a,1\r\nb,2\n", 2)]
    [InlineData("\"h\n1\",h2\na,1\n", "a,1\n", 1)]
    public async Task A_header_is_cut(string file, string sent, int rows)
    {
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(file), ignoreFirstRecord: true);
        Assert.Equal(sent, string.Concat(_transport.Texts));
        Assert.Equal(rows, batches.Sum(static batch => batch.Rows));
    }

    [Theory]
    [InlineData("h1,h2\n")]
    [InlineData("h1,h2")]
    public async Task A_file_with_nothing_but_its_header_makes_no_batch(string file)
    {
        Assert.Empty(await UploadAsync(Write(file), ignoreFirstRecord: true));
        Assert.Empty(_transport.Opened);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":2}", 2)]
    [InlineData("{\"a\":1}\n{\"a\":2}\n  ", 2)]
    [InlineData("{\"a\":\"an open \\\" quote\"}\n{\"a\":2}\n", 2)]
    public async Task Json_lines_are_records_and_quotes_in_them_mean_nothing(string file, int rows)
    {
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(file, "f.jsonl"), AdxDataFormat.Json);
        Assert.Equal(rows, batches.Sum(static batch => batch.Rows));
        Assert.Equal(".json.gz", _transport.Opened.First().Extension);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Batches_are_split_by_rows_exactly(long batchRows)
    {
        string text = string.Concat(Enumerable.Range(0, 100).Select(static row => $"{row},\"line\nbreak {row}\"\n"));
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(text), request: new IngestionRequest { Table = "T", BatchRows = batchRows });
        Assert.Equal(text, string.Concat(_transport.Texts));
        Assert.Equal((int)Math.Ceiling(100.0 / batchRows), batches.Count);
        Assert.All(batches.SkipLast(1), batch => Assert.Equal(batchRows, batch.Rows));
        AssertOnRecordBoundaries(batches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(100)]
    [InlineData(333)]
    [InlineData(100_000)]
    public async Task Batches_are_split_by_bytes_and_never_inside_of_a_record(long batchBytes)
    {
        // Each record has 26 bytes.
        string text = string.Concat(Enumerable.Range(0, 1000).Select(static row => $"{row:D4},\"line\nbreak {row:D7}\"\n"));
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(text), request: new IngestionRequest { Table = "T", BatchBytes = batchBytes });
        Assert.Equal(text, string.Concat(_transport.Texts));
        long perBatch = Math.Max(1, batchBytes / 26);
        Assert.All(batches.SkipLast(1), batch => Assert.Equal(perBatch, batch.Rows));
        Assert.Equal(1000, batches.Sum(static batch => batch.Rows));
        AssertOnRecordBoundaries(batches);
    }

    [Fact]
    public async Task The_transports_limit_holds_as_well()
    {
        string text = string.Concat(Enumerable.Range(0, 100).Select(static row => $"{row:D9}\n"));
        var transport = new MemoryTransport { MaxBatchBytes = 100 };
        IReadOnlyList<SealedBatch> batches = await SealAsync(transport, new FileIngestion { Path = Write(text) }, new IngestionRequest { Table = "T" }, Stop);
        Assert.Equal(10, batches.Count);
        Assert.All(batches, static batch => Assert.Equal(100, batch.RawBytes));
    }

    [Fact]
    public async Task A_file_of_many_pieces_arrives_whole_in_batches_of_whole_records()
    {
        var text = new StringBuilder();
        var random = new Random(5);
        for (int row = 0; text.Length < 5_000_000; row++)
            text.Append(row).Append(",\"").Append('x', random.Next(300)).Append("\"\"\n").Append('é', random.Next(50)).Append("\"\r\n");
        string file = text.ToString();
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(file), request: new IngestionRequest { Table = "T", BatchBytes = 700_000 });
        Assert.Equal(file, string.Concat(_transport.Texts));
        Assert.InRange(batches.Count, 8, 12);
        Assert.All(batches, static batch => Assert.InRange(batch.RawBytes, 1, 700_000));
        AssertOnRecordBoundaries(batches);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_longer_than_a_piece_arrives_whole(bool endsWithLine)
    {
        string longOne = "2,\"" + new string('y', 3_000_000) + "\n,\"";
        string file = "1,a\n" + longOne + "\n3,c" + (endsWithLine ? "\n" : "");
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(file), request: new IngestionRequest { Table = "T", BatchBytes = 1000 });
        Assert.Equal(["1,a\n", longOne + "\n", "3,c\n"], _transport.Texts);
        Assert.Equal(3, batches.Count);
    }

    [Fact]
    public async Task A_compressed_file_is_unpacked_and_told_by_its_raw_size()
    {
        string text = string.Concat(Enumerable.Range(0, 50_000).Select(static row => $"{row},{row * 7919L % 1_000_003}\n"));
        SealedBatch batch = Assert.Single(await UploadAsync(WriteGzip(text)));
        Assert.Equal((50_000, Encoding.UTF8.GetByteCount(text)), (batch.Rows, batch.RawBytes));
        Assert.Equal(text, Assert.Single(_transport.Texts));
    }

    [Fact]
    public async Task A_compressed_file_of_several_members_arrives_whole()
    {
        string path = Path.Combine(_directory, "f.csv.gz");
        await File.WriteAllBytesAsync(path, [.. Gzip("a,1\nb,"), .. Gzip(""), .. Gzip("2\nc,3\n")], Stop);
        await UploadAsync(path);
        Assert.Equal("a,1\nb,2\nc,3\n", Assert.Single(_transport.Texts));
    }

    /// <summary>The runtime's decompressor ends quietly where the data does, so that a cut file would pass for a shorter one.</summary>
    [Fact]
    public async Task A_cut_compressed_file_is_refused_wherever_it_was_cut()
    {
        byte[] whole = Gzip(string.Concat(Enumerable.Range(0, 2000).Select(static row => $"{row}\n")));
        string path = Path.Combine(_directory, "f.csv.gz");
        for (int length = 1; length < whole.Length; length += length < 40 || length > whole.Length - 40 ? 1 : 37)
        {
            await File.WriteAllBytesAsync(path, whole[..length], Stop);
            AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(path));
            Assert.Contains(failure.ErrorId, (string[])["AdxFileTruncated", "AdxFileUnreadable"]);
        }
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("", "AdxFileEmpty")]
    [InlineData("a,1\nb,\"open", "AdxFileTruncated")]
    [InlineData("a,1\n\"b,2\nc,3\n", "AdxFileTruncated")]
    [InlineData("a,1,x\nb,2", "AdxFileTruncated")]
    [InlineData("a,1\nb", "AdxFileTruncated")]
    public async Task A_bad_file_is_refused_and_leaves_nothing(string file, string errorId)
    {
        AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(Write(file)));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.True(failure.IsPermanent);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":")]
    [InlineData("{\"a\":1}\n{\"a\":2")]
    [InlineData("{\"a\":1}\n{\"a\":\"cut")]
    public async Task A_cut_json_line_is_refused(string file)
    {
        AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(Write(file, "f.json"), AdxDataFormat.Json));
        Assert.Equal("AdxFileTruncated", failure.ErrorId);
        Assert.Contains("record 2", failure.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Batches_that_were_uploaded_before_a_file_proved_bad_are_taken_back()
    {
        string file = string.Concat(Enumerable.Range(0, 100).Select(static row => $"{row},x\n")) + "100,\"open";
        await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(Write(file), request: new IngestionRequest { Table = "T", BatchRows = 30 }));
        Assert.Equal(3, _transport.Discarded.Count);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16_is_refused_by_its_mark(string encoding)
    {
        string path = Path.Combine(_directory, "f.csv");
        await File.WriteAllTextAsync(path, "a,1\n", Encoding.GetEncoding(encoding), Stop);
        Assert.Equal("AdxFileEncoding", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(path))).ErrorId);
        AssertNothingLeft();
    }

    [Fact]
    public async Task What_is_no_gzip_is_unreadable()
    {
        string path = Path.Combine(_directory, "f.csv.gz");
        await File.WriteAllTextAsync(path, "a,1\nb,2\n", Stop);
        AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(path));
        Assert.Equal("AdxFileUnreadable", failure.ErrorId);
        Assert.Contains("gzip", failure.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_compressed_file_of_nothing_is_empty() =>
        Assert.Equal("AdxFileEmpty", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(WriteGzip("")))).ErrorId);

    [Fact]
    public async Task A_byte_order_mark_alone_is_an_empty_file() =>
        Assert.Equal("AdxFileEmpty", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(Write("\uFEFF")))).ErrorId);

    [Fact]
    public async Task A_missing_file_and_a_directory_are_told_apart()
    {
        Assert.Equal("AdxFileNotFound", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(Path.Combine(_directory, "none.csv")))).ErrorId);
        Assert.Equal("AdxPathIsDirectory", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(_directory))).ErrorId);
    }

    [Fact]
    public async Task Cancellation_leaves_nothing()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var transport = new MemoryTransport { OnCommit = _ => cancel.CancelAsync() };
        string file = string.Concat(Enumerable.Range(0, 3_000_000).Select(static row => $"{row % 10}\n"));
        var request = new IngestionRequest { Table = "T", BatchRows = 100_000 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SealAsync(transport, new FileIngestion { Path = Write(file) }, request, cancel.Token));
        Assert.All(transport.Opened, content => Assert.True(content.IsAbandoned || transport.Discarded.Any(batch => batch.Content == content)));
    }

    [Theory]
    [InlineData("a.csv", AdxDataFormat.Csv)]
    [InlineData("a.CSV.GZ", AdxDataFormat.Csv)]
    [InlineData("/x.json/a.tsv", AdxDataFormat.Tsv)]
    [InlineData("a.tab.gz", AdxDataFormat.Tsv)]
    [InlineData("a.ndjson", AdxDataFormat.Json)]
    [InlineData("a.psv", AdxDataFormat.Psv)]
    [InlineData("a.scsv", AdxDataFormat.Scsv)]
    [InlineData("a.log", AdxDataFormat.Txt)]
    [InlineData("a.gz", null)]
    [InlineData("a.xlsx", null)]
    [InlineData("a.parquet", AdxDataFormat.Parquet)]
    [InlineData("a.csv.zip", AdxDataFormat.Csv)]
    [InlineData("a.zip", null)]
    [InlineData("csv", null)]
    public void The_name_tells_the_format(string name, AdxDataFormat? format) => Assert.Equal(format, DataFormats.FromName(name));

    [Theory]
    [InlineData("a,1\n\nb,2\n\n", 2)]
    [InlineData("\n\"a,b\",1\nc,2", 2)]
    [InlineData("a,1\n\r\n", 1)]
    public async Task Empty_lines_are_sent_and_not_counted(string text, int rows)
    {
        IReadOnlyList<SealedBatch> batches = await UploadAsync(Write(text));
        Assert.Equal(rows, batches.Sum(static batch => batch.Rows));
    }

    [Theory]
    [InlineData(AdxDataFormat.Parquet, ".parquet")]
    [InlineData(AdxDataFormat.Orc, ".orc")]
    [InlineData(AdxDataFormat.Avro, ".avro")]
    [InlineData(AdxDataFormat.ApacheAvro, ".apacheavro")]
    [InlineData(AdxDataFormat.W3CLogFile, ".w3clogfile")]
    public async Task A_binary_file_goes_untouched_and_its_size_is_marked_as_an_estimate(AdxDataFormat format, string extension)
    {
        byte[] bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        string path = Path.Combine(_directory, "f.bin");
        await File.WriteAllBytesAsync(path, bytes, Stop);
        SealedBatch batch = Assert.Single(await UploadAsync(path, format));
        Assert.Equal((0, bytes.Length, true), (batch.Rows, batch.RawBytes, batch.IsRawSizeEstimated));
        MemoryTransport.MemoryContent content = Assert.Single(_transport.Opened);
        Assert.Equal(extension, content.Extension);
        Assert.Equal(bytes, content.Bytes);
    }

    [Theory]
    [InlineData(AdxDataFormat.MultiJson, ".multijson.gz", 0)]
    [InlineData(AdxDataFormat.SingleJson, ".singlejson.gz", 1)]
    [InlineData(AdxDataFormat.Raw, ".raw.gz", 1)]
    public async Task A_document_is_compressed_and_never_split(AdxDataFormat format, string extension, int rows)
    {
        string text = "[" + string.Join(",\n", Enumerable.Range(0, 100_000).Select(static row => $"{{\"a\":{row}}}")) + "]";
        SealedBatch batch = Assert.Single(await UploadAsync(Write(text), format, request: new IngestionRequest { Table = "T", BatchBytes = 1000 }));
        Assert.Equal((rows, text.Length, false), (batch.Rows, batch.RawBytes, batch.IsRawSizeEstimated));
        Assert.Equal((extension, text), (_transport.Opened.Single().Extension, _transport.Opened.Single().Text));
    }

    [Theory]
    [InlineData(AdxDataFormat.Parquet)]
    [InlineData(AdxDataFormat.MultiJson)]
    public async Task A_file_that_cannot_be_split_must_fit_the_service(AdxDataFormat format)
    {
        var transport = new MemoryTransport { MaxBatchBytes = 10 };
        AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => SealAsync(transport, new FileIngestion { Path = Write("[{\"a\":12345}]"), Format = format }, new IngestionRequest { Table = "T" }, Stop));
        Assert.Equal("AdxFileTooLarge", failure.ErrorId);
        Assert.Empty(transport.Opened);
    }

    [Fact]
    public async Task A_compressed_file_that_fits_a_batch_goes_as_it_is_with_its_rows_and_size_counted()
    {
        (string path, string text) = WriteLarge();
        SealedBatch batch = Assert.Single(await UploadAsync(path));
        Assert.Equal((100_000, text.Length, false), (batch.Rows, batch.RawBytes, batch.IsRawSizeEstimated));
        Assert.Equal(await File.ReadAllBytesAsync(path, Stop), _transport.Opened.Single().Bytes);
        Assert.Equal(".csv.gz", _transport.Opened.Single().Extension);
    }

    [Theory]
    [InlineData(1_000_000, 0, false)]
    [InlineData(long.MaxValue, 30_000, false)]
    [InlineData(long.MaxValue, 0, true)]
    public async Task A_compressed_file_is_unpacked_where_it_must_be_cut(long batchBytes, long batchRows, bool ignoreFirstRecord)
    {
        (string path, string text) = WriteLarge();
        IReadOnlyList<SealedBatch> batches = await UploadAsync(path, ignoreFirstRecord: ignoreFirstRecord, request: new IngestionRequest { Table = "T", BatchBytes = batchBytes, BatchRows = batchRows });
        string[] kept = [.. _transport.Opened.Where(static content => !content.IsAbandoned).Select(static content => content.Text)];
        Assert.Equal(ignoreFirstRecord ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : text, string.Concat(kept));
        Assert.Equal(kept.Length, batches.Count);
    }

    [Fact]
    public async Task A_compressed_file_is_known_by_its_content()
    {
        string packed = WriteGzip("a,1\nb,2\n");
        string path = Path.Combine(_directory, "named.csv");
        File.Move(packed, path);
        Assert.Equal(2, Assert.Single(await UploadAsync(path)).Rows);
        Assert.Equal("a,1\nb,2\n", _transport.Texts.Single());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_files_of_an_archive_are_sent_with_their_headers_cut_on_request(bool ignoreFirstRecord)
    {
        string path = WriteZip(("one.csv", "h,h\na,1\n"), ("in/two.csv", "h,h\nb,2"), ("none.csv", ""));
        SealedBatch batch = Assert.Single(await UploadAsync(path, format: null, ignoreFirstRecord));
        Assert.Equal(ignoreFirstRecord ? "a,1\nb,2\n" : "h,h\na,1\nh,h\nb,2\n", _transport.Texts.Single());
        Assert.Equal(ignoreFirstRecord ? 2 : 4, batch.Rows);
    }

    [Fact]
    public async Task A_large_archive_goes_as_it_is_with_its_rows_and_size_counted()
    {
        string text = Text(100_000);
        string path = WriteZip(("one.csv", text), ("two.csv", "a,1\n"));
        SealedBatch batch = Assert.Single(await UploadAsync(path, format: null));
        Assert.Equal((100_001, text.Length + 4, false), (batch.Rows, batch.RawBytes, batch.IsRawSizeEstimated));
        Assert.Equal(await File.ReadAllBytesAsync(path, Stop), _transport.Opened.Single().Bytes);
        Assert.Equal(".csv.zip", _transport.Opened.Single().Extension);
    }

    [Fact]
    public async Task A_broken_archive_is_refused()
    {
        byte[] bytes = await File.ReadAllBytesAsync(WriteZip(("one.csv", Text(100_000))), Stop);
        string cut = Path.Combine(_directory, "cut.csv.zip");
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], Stop);
        Assert.Equal("AdxFileUnreadable", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(cut))).ErrorId);
        string damaged = Path.Combine(_directory, "damaged.csv.zip");
        bytes.AsSpan(2000, 50_000).Clear();
        await File.WriteAllBytesAsync(damaged, bytes, Stop);
        AdxFileException failure = await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(damaged));
        Assert.Contains(failure.ErrorId, (string[])["AdxFileTruncated", "AdxFileUnreadable"]);
        Assert.Equal("AdxArchiveMixed", (await Assert.ThrowsAsync<AdxFileException>(() => UploadAsync(WriteZip(("a.csv", "1\n"), ("b.json", "{}\n")), format: null))).ErrorId);
        AssertNothingLeft();
    }

    private static string Text(int rows)
    {
        var random = new Random(3);
        return string.Concat(Enumerable.Range(0, rows).Select(row => $"{row},{random.NextInt64():x16}{random.NextInt64():x16}\n"));
    }

    /// <summary>A compressed file large enough to be sent as it is.</summary>
    private (string Path, string Text) WriteLarge()
    {
        string text = Text(100_000);
        string path = WriteGzip(text);
        Assert.True(new FileInfo(path).Length >= FileUpload.SmallestPassed);
        return (path, text);
    }

    private string WriteZip(params (string Name, string Text)[] files)
    {
        string path = Path.Combine(_directory, "f.zip");
        File.Delete(path);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string text) in files)
        {
            using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
        return path;
    }

    private Task<IReadOnlyList<SealedBatch>> UploadAsync(string path, AdxDataFormat? format = AdxDataFormat.Csv, bool ignoreFirstRecord = false, IngestionRequest? request = null) =>
        SealAsync(_transport, new FileIngestion { Path = path, Format = format, IgnoreFirstRecord = ignoreFirstRecord }, request ?? new IngestionRequest { Table = "T" }, Stop);

    /// <summary>The batches that a file makes where no other shares one with it.</summary>
    private static async Task<IReadOnlyList<SealedBatch>> SealAsync(MemoryTransport transport, FileIngestion file, IngestionRequest request, CancellationToken cancel)
    {
        UploadedFile uploaded = await new FileUpload(format => new FormatRoute(transport, new BatchProperties { Database = "D", Table = "T", Format = format }), request, cancel).UploadAsync(file);
        if (uploaded.Small is not { } small)
            return uploaded.Batches;
        await using (small)
            return await small.SealAsync();
    }

    private string Write(string text, string name = "f.csv")
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }

    private string WriteGzip(string text)
    {
        string path = Path.Combine(_directory, "f.csv.gz");
        File.WriteAllBytes(path, text.Length == 0 ? EmptyMember : Gzip(text));
        return path;
    }

    // The runtime's compressor writes nothing for nothing; gzip itself writes this.
    private static readonly byte[] EmptyMember = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Gzip(string text)
    {
        if (text.Length == 0)
            return EmptyMember;
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private void AssertNothingLeft() =>
        Assert.All(_transport.Opened, content =>
        {
            Assert.True(content.IsDisposed);
            Assert.True(content.IsAbandoned || _transport.Discarded.Any(batch => batch.Content == content));
        });

    private void AssertOnRecordBoundaries(IReadOnlyList<SealedBatch> batches)
    {
        foreach ((SealedBatch batch, MemoryTransport.MemoryContent content) in batches.Zip(_transport.Opened))
        {
            byte[] bytes = content.Raw();
            var scanner = new RecordScanner((byte)',');
            Assert.Equal(batch.Rows, scanner.Scan(bytes, long.MaxValue, out int end, out _));
            Assert.Equal(bytes.Length, end);
            Assert.Equal(batch.RawBytes, bytes.Length);
        }
    }
}
