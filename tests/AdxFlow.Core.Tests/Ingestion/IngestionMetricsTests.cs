using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdxFlow.Adx;
using AdxFlow.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Lines;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Transports;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>What OpenTelemetry sees: figures that are exact, and tags without secrets. Other tests run meanwhile, so each has a table of its own.</summary>
public sealed class IngestionMetricsTests : IDisposable
{
    private const string Database = "NetDefaultDB";

    private readonly string _table = "T" + Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public IngestionMetricsTests()
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "AdxFlow")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "AdxFlow",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("table") as string == _table)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_activities);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task Batches_rows_and_bytes_are_counted_when_the_service_has_accepted_them()
    {
        await using LocalTable table = await OpenAsync();
        AdxIngestion sent = await SendAsync(table, rows: 25, batchRows: 10);
        Assert.Equal(3, Sum("adxflow.ingestion.batches"));
        Assert.Equal(25, Sum("adxflow.ingestion.rows"));
        Assert.Equal(sent.RawBytes, (long)Sum("adxflow.ingestion.raw"));
        Assert.Equal(sent.SentBytes, (long)Sum("adxflow.ingestion.sent"));
        Assert.Equal(3, Of("adxflow.ingestion.upload.duration").Count);
        Assert.Equal(table.Posts, Of("adxflow.ingestion.submit.duration").Count);
        Assert.All(Of("adxflow.ingestion.upload.duration"), static upload => Assert.InRange(upload.Value, 0, 60));
        Assert.Empty(Of("adxflow.ingestion.failures"));
        Assert.Empty(Of("adxflow.retries"));
        Assert.All(_measured.Where(Mine), static measured => Assert.Equal((Database, "Queued"), (measured.Tags["database"], measured.Tags["mode"])));
    }

    [Fact]
    public async Task Text_is_measured_as_rows_are()
    {
        await using LocalTable table = await OpenAsync();
        await using IngestionSession session = await StartAsync(table);
        LineIntake lines = session.OpenLines(AdxDataFormat.Csv);
        for (int row = 0; row < 25; row++)
            lines.Add($"{row}");
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal((sent.RawBytes, sent.SentBytes, 1L), (session.Progress.RawBytes, session.Progress.SentBytes, session.Progress.Batches));
        Assert.Single(Of("adxflow.ingestion.upload.duration"));
        Assert.Single(Of("adxflow.ingestion.submit.duration"));
        Assert.Single(_spans, static span => span.OperationName == "adxflow.upload");
    }

    [Fact]
    public async Task Text_that_cannot_be_sent_is_one_failure()
    {
        await using LocalTable table = await OpenAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Count = 10, StatusCode = 403 });
        await using IngestionSession session = await StartAsync(table);
        session.OpenLines(AdxDataFormat.Csv).Add("1");
        await Assert.ThrowsAsync<AdxException>(session.CompleteAsync);
        Assert.Equal((1, "send"), (Sum("adxflow.ingestion.failures"), Assert.Single(Of("adxflow.ingestion.failures")).Tags["stage"]));
    }

    [Fact]
    public async Task What_goes_over_a_spool_is_measured_as_well()
    {
        DirectoryInfo spool = Directory.CreateTempSubdirectory("adxflow-spool-");
        try
        {
            await using LocalTable table = await OpenAsync();
            await using IngestionSession session = await StartAsync(table, request => request with { BatchRows = 10, SpoolPath = spool.FullName });
            RowIntake intake = session.OpenRows(table.Columns);
            for (int row = 0; row < 25; row++)
                intake.Add((long)row);
            AdxIngestion sent = await session.CompleteAsync();
            Assert.Equal((25L, sent.RawBytes), (session.Progress.Rows, session.Progress.RawBytes));
            Assert.Equal(3, Of("adxflow.ingestion.upload.duration").Count);
            Assert.Equal(3, Of("adxflow.ingestion.submit.duration").Count);
            Assert.Equal(
                sent.Batches.Select(static batch => batch.SourceId.ToString()).Order(),
                _spans.Where(static span => span.OperationName == "adxflow.upload").Select(static span => (string)span.GetTagItem("source_id")!).Order());
        }
        finally
        {
            spool.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Rejected_rows_are_counted()
    {
        await using LocalTable table = await OpenAsync();
        await using IngestionSession session = await StartAsync(table);
        RowIntake intake = session.OpenRows(table.Columns);
        foreach (object row in new object[] { 1L, "x", "y", 2L })
            intake.Add(row);
        await session.CompleteAsync();
        Assert.Equal((2, 2), (Sum("adxflow.ingestion.rejected_rows"), Sum("adxflow.ingestion.rows")));
    }

    [Fact]
    public async Task Each_further_try_is_counted_by_what_made_it()
    {
        await using LocalTable table = await OpenAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Count = 2, StatusCode = 503 });
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Count = 1, StatusCode = 429 });
        await SendAsync(table, rows: 1, batchRows: 10);
        Assert.Equal(["429", "503", "503"], Of("adxflow.retries").Select(static retry => (string)retry.Tags["error.type"]!).Order());
        Assert.Equal(1, Sum("adxflow.ingestion.batches"));
    }

    [Fact]
    public async Task What_is_tried_again_for_a_while_is_counted_too()
    {
        int tries = 0;
        await new TransientRetry(TimeSpan.FromMinutes(1)).RunAsync(
            () => ++tries < 2 ? throw new AdxException(_table, AdxErrorKind.Throttled, "busy") : Task.CompletedTask, Stop);
        Assert.Single(_measured, retry => retry.Name == "adxflow.retries" && Equals(retry.Tags["error.type"], _table));
    }

    [Fact]
    public async Task A_batch_that_is_streamed_again_is_a_retry()
    {
        await using LocalTable table = await OpenAsync();
        var policy = new AdxStreamingPolicy { Database = table.Connection.Database, Table = _table, IsEnabled = true };
        await new AdxTablePolicies(new AdxClient(table.Connection)).SetAsync(_table, policy, cancellationToken: Stop);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Streaming, StatusCode = 503 });
        await using IngestionSession session = await StartAsync(table, static request => request with { Mode = AdxIngestionMode.Streaming, RetryWindow = TimeSpan.FromMinutes(1) });
        session.OpenRows(table.Columns).Add(1L);
        await session.CompleteAsync();
        Assert.Equal("503", Assert.Single(Of("adxflow.retries")).Tags["error.type"]);
    }

    [Fact]
    public async Task An_ingestion_that_cannot_be_sent_is_one_failure()
    {
        await using LocalTable table = await OpenAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Count = 10, StatusCode = 403 });
        await Assert.ThrowsAsync<AdxException>(() => SendAsync(table, rows: 1, batchRows: 10));
        (_, double count, Dictionary<string, object?> tags) = Assert.Single(Of("adxflow.ingestion.failures"));
        Assert.Equal((1, "send"), (count, tags["stage"]));
        Assert.False(string.IsNullOrEmpty((string?)tags["error.type"]));
        Assert.Empty(Of("adxflow.ingestion.batches"));
        Assert.Contains(_spans, static span => span is { OperationName: "adxflow.ingestion", Status: ActivityStatusCode.Error });
    }

    [Fact]
    public async Task A_batch_that_the_service_refuses_is_counted_once_by_its_code()
    {
        await using LocalTable table = await OpenAsync();
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".csv");
        await File.WriteAllTextAsync(path, "1\n", Stop);
        try
        {
            await using IngestionSession session = await StartAsync(table, static request => request with { MappingName = "NoSuchMapping" });
            session.OpenFiles().Add(new FileIngestion { Path = path });
            AdxIngestion ended = await table.FinishAsync(await session.CompleteAsync());
            await new IngestionTracker(table.Connection).RefreshAsync(ended, Stop);
        }
        finally
        {
            File.Delete(path);
        }
        (_, double count, Dictionary<string, object?> tags) = Assert.Single(Of("adxflow.ingestion.failures"));
        Assert.Equal((1, "ingest", "BadRequest_MappingReferenceWasNotFound"), (count, tags["stage"], tags["error.type"]));
    }

    [Fact]
    public async Task An_ingestion_is_one_trace_and_leaves_its_caller_alone()
    {
        await using LocalTable table = await OpenAsync();
        AdxIngestion sent = await SendAsync(table, rows: 25, batchRows: 10);
        Assert.Null(Activity.Current);
        Assert.Empty(Telemetry.Tags);
        await table.FinishAsync(sent);
        Activity whole = Assert.Single(_spans, static span => span.OperationName == "adxflow.ingestion");
        Activity[] uploads = [.. _spans.Where(static span => span.OperationName == "adxflow.upload")];
        Activity[] submits = [.. _spans.Where(static span => span.OperationName == "adxflow.submit")];
        Assert.Equal(sent.Batches.Select(static batch => batch.SourceId.ToString()).Order(), uploads.Select(static span => (string)span.GetTagItem("source_id")!).Order());
        Assert.Equal(table.Posts, submits.Length);
        Assert.Equal(3, submits.Sum(static span => (int)span.GetTagItem("batches")!));
        Assert.All(uploads.Concat(submits), span => Assert.Equal((whole.TraceId, whole.SpanId), (span.TraceId, span.ParentSpanId)));
        Assert.Contains(_spans, static span => span is { OperationName: "adxflow.status", Kind: ActivityKind.Client });
    }

    [Fact]
    public async Task No_tag_holds_an_address_or_a_signature()
    {
        await using LocalTable table = await OpenAsync();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Count = 20, StatusCode = 403 });
        await Assert.ThrowsAsync<AdxException>(() => SendAsync(table, rows: 5, batchRows: 2));
        string[] values = [.. _measured.Where(Mine).SelectMany(static measured => measured.Tags.Values).Concat(_spans.SelectMany(static span => span.TagObjects.Select(static tag => tag.Value).Append(span.StatusDescription))).Select(static value => value?.ToString() ?? "")];
        Assert.NotEmpty(values);
        Assert.DoesNotContain(values, static value => value.Contains("://", StringComparison.Ordinal) || value.Contains("sig=", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_progress_of_a_session_ends_at_what_was_sent()
    {
        await using LocalTable table = await OpenAsync();
        await using IngestionSession session = await StartAsync(table, static request => request with { BatchRows = 10 });
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < 25; row++)
            intake.Add((long)row);
        AdxIngestion sent = await session.CompleteAsync();
        Assert.Equal((25L, sent.RawBytes, sent.SentBytes, 3L), (session.Progress.Rows, session.Progress.RawBytes, session.Progress.SentBytes, session.Progress.Batches));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));

    private bool Mine((string Name, double Value, Dictionary<string, object?> Tags) measured) => Equals(measured.Tags.GetValueOrDefault("table"), _table);

    private List<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name) => [.. _measured.Where(measured => measured.Name == name && Mine(measured))];

    private double Sum(string name) => Of(name).Sum(static measured => measured.Value);

    private async Task<LocalTable> OpenAsync()
    {
        LocalTable table = await LocalTable.CreateAsync(new AdxColumn("n", AdxType.Long));
        await new AdxTables(new AdxClient(table.Connection)).CreateAsync(new AdxTableDefinition { Name = _table, Columns = table.Columns }, cancellationToken: Stop);
        return table;
    }

    private Task<IngestionSession> StartAsync(LocalTable table, Func<IngestionRequest, IngestionRequest>? change = null) =>
        table.StartAsync(request => (change ?? (static same => same))(request with { Table = _table }));

    private async Task<AdxIngestion> SendAsync(LocalTable table, int rows, int batchRows)
    {
        await using IngestionSession session = await StartAsync(table, request => request with { BatchRows = batchRows });
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = 0; row < rows; row++)
            intake.Add((long)row);
        return await session.CompleteAsync();
    }
}
