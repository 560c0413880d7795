using System.Security.Cryptography;
using AdxFlow.Adx;
using AdxFlow.Http;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Rows;
using AdxFlow.Ingestion.Spool;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Ingestion.Spool;

/// <summary>Rows through a spool into the table, and what stays in the spool when they do not get there.</summary>
public sealed class SpoolSessionTests
{
    private static readonly AdxColumn[] Columns = [new("n", AdxType.Long), new("text", AdxType.String)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AdxDeliveryGuarantee.ExactlyOnce)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce)]
    public async Task What_is_confirmed_leaves_the_spool_and_an_empty_one_without_a_name_goes(AdxDeliveryGuarantee guarantee)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        AdxIngestion sent;
        await using (IngestionSession session = await StartAsync(table, place, request => request with { DeliveryGuarantee = guarantee, Tags = ["drop-by:x"] }))
        {
            Add(session, table, 1, 2500);
            sent = await session.CompleteAsync().EndsAsync();
            Assert.Equal((3, 2500, AdxIngestionStatus.Queued), (sent.Batches.Count, sent.Rows, sent.Status));
            AdxSpool spool = Assert.Single(Spools(place));
            Assert.Equal((sent.Id, 2500, 3, true), (spool.Id, spool.Rows, spool.QueuedBatches, spool.IsInUse));
            // No right to upload is on the disk, nor an address that has one.
            Assert.All(Directory.GetFiles(spool.Path).Where(static file => !file.EndsWith("lock", StringComparison.Ordinal)), static file => Assert.DoesNotContain("sig=", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
            AdxIngestion ended = await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync();
            Assert.Equal((AdxIngestionStatus.Succeeded, sent.Id), (ended.Status, ended.Id));
            Assert.Equal(sent.Batches.Select(static batch => batch.SourceId), ended.Batches.Select(static batch => batch.SourceId));
        }
        Assert.Empty(Directory.GetDirectories(place.Root));
        await AssertNumbersAsync(table, 2500);
    }

    [Fact]
    public async Task A_batch_that_was_accepted_and_comes_again_is_in_the_table_once()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        await using (IngestionSession session = await StartAsync(table, place))
        {
            Add(session, table, 1, 2500);
            await table.FinishAsync(await session.CompleteAsync().EndsAsync());
        }
        // As after a crash between the service's answer and the note of it.
        string path = Assert.Single(Spools(place)).Path;
        using (SpoolDirectory spool = SpoolDirectory.Open(path, null))
        {
            foreach (SpoolRecord record in spool.Records(AdxSpoolBatchState.Queued))
                spool.Note(record with { State = AdxSpoolBatchState.Sealed });
        }
        int posts = table.Posts;
        AdxIngestion resumed = await AdxSpools.ResumeAsync(table.Connection, path, new SpoolResumption { Wait = true }, Stop).EndsAsync();
        Assert.Equal((3, AdxIngestionStatus.Succeeded), (table.Posts - posts, resumed.Status));
        Assert.False(Directory.Exists(path));
        await AssertNumbersAsync(table, 2500);
    }

    [Fact]
    public async Task An_answer_that_is_lost_doubles_nothing()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Abort = true, AfterAction = true, Count = 2 });
        await using IngestionSession session = await StartAsync(table, place);
        Add(session, table, 1, 2500);
        await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync()).Status);
        await AssertNumbersAsync(table, 2500);
    }

    [Fact]
    public async Task A_service_that_is_gone_ends_the_session_and_the_rows_are_safe()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Count = 6 });
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { BatchRows = 0, SpoolName = "s" }))
        {
            Add(session, table, 1, 100);
            Assert.Equal("AdxServiceError", (await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync())).ErrorId);
        }
        AdxSpool spool = Assert.Single(Spools(place));
        Assert.Equal((100, 1, false), (spool.Rows, spool.SealedBatches, spool.IsInUse));
        await AdxSpools.ResumeAsync(table.Connection, spool.Path, new SpoolResumption { Wait = true }, Stop).EndsAsync();
        Assert.True(AdxSpools.Read(spool.Path).IsEmpty);
        await AssertNumbersAsync(table, 100);
    }

    [Fact]
    public async Task What_the_service_must_know_of_the_data_is_told_of_batches_from_a_spool_too()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { IngestBy = ["day-1"] }))
        {
            Add(session, table, 1, 10);
            await session.CompleteAsync().EndsAsync();
            Assert.Equal(AdxIngestionStatus.Succeeded, (await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync()).Status);
        }
        // The table has that tag now, so that the same day is left out.
        await using (IngestionSession again = await table.StartAsync(static request => request with { IngestIfNotExists = ["day-1"] }))
        {
            Add(again, table, 1, 10);
            Assert.Equal(AdxIngestionStatus.Failed, (await table.FinishAsync(await again.CompleteAsync().EndsAsync())).Status);
        }
        await AssertNumbersAsync(table, 10);
    }

    [Fact]
    public void All_properties_of_a_request_are_in_the_manifest()
    {
        using var place = new SpoolPlace();
        var request = new IngestionRequest
        {
            Table = "T", SpoolPath = place.Root, SpoolName = "s", Tags = ["drop-by:x"], IngestBy = ["y"], IngestIfNotExists = ["z"], CreationTime = DateTime.UnixEpoch,
            ValidationPolicy = AdxValidationPolicy.Fail, SkipBatching = true, ExtendSchema = true, KeepBlob = true,
        };
        var connection = new AdxConnection(SpoolPlace.Manifest.Cluster, SpoolPlace.Manifest.IngestionUri, "D", AdxSignInKind.Local, null, ServicePipelines.Create(new TransportSettings()));
        SpoolSession.OpenDirectory(connection, request, "D").Dispose();
        SpoolManifest manifest = SpoolManifest.Find(Path.Combine(place.Root, "s"))!;
        Assert.Equal(["drop-by:x", "ingest-by:y"], manifest.Tags);
        Assert.Equal(["z"], manifest.IngestIfNotExists);
        Assert.Equal((DateTime.UnixEpoch, true, true, true), (manifest.CreationTime, manifest.SkipBatching, manifest.ExtendSchema, manifest.KeepBlob));
        Assert.Equal(PropertyRules.For(request, "D", AdxDataFormat.Csv).ValidationPolicy, manifest.ValidationPolicy);
    }

    /// <summary>What is answered just after the end was told is known: it is not sent again by whoever goes on.</summary>
    [Fact]
    public async Task A_request_that_is_on_its_way_when_all_ends_has_a_moment_to_be_answered()
    {
        using var place = new SpoolPlace();
        using SpoolDirectory spool = place.Open();
        using SpoolBatchWriter batch = spool.OpenBatch("[]", System.IO.Compression.CompressionLevel.Fastest);
        SpoolPlace.Write(batch, 1, 10);
        spool.Seal(batch);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        // Callbacks run the last one first: the sender has been told by then, and nothing can come between.
        using CancellationTokenRegistration answering = cancel.Token.Register(answer.SetResult);
        var transport = new MemoryTransport
        {
            OnSubmit = _ =>
            {
                asked.SetResult();
                return answer.Task;
            },
        };
        await using (var sender = new SpoolSender(spool, transport, "D", 1, static (ingestion, _) => Task.FromResult(ingestion), TimeSpan.Zero, static _ => { }, cancel.Token))
        {
            await asked.Task.EndsAsync();
            await cancel.CancelAsync();
        }
        Assert.Equal(AdxSpoolBatchState.Queued, Assert.Single(spool.Records()).State);
        Assert.Empty(transport.Discarded);
    }

    /// <summary>The rows are safe, and sending goes on: that nobody can say for a moment what became of them is no reason to stop.</summary>
    [Fact]
    public async Task A_service_that_cannot_be_asked_for_a_moment_is_asked_again()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        // One more than the tries of a request.
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Status, Count = 7 });
        await using IngestionSession session = await StartAsync(table, place, static request => request with { RetryWindow = TimeSpan.FromMinutes(5) });
        Add(session, table, 1, 10);
        await session.CompleteAsync().EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, (await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync()).Status);
        await AssertNumbersAsync(table, 10);
    }

    [Fact]
    public async Task A_spool_that_somebody_deletes_does_not_keep_the_session_from_ending()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        IngestionSession session = await StartAsync(table, place);
        Add(session, table, 1, 10);
        await session.CompleteAsync().EndsAsync();
        await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync();
        Directory.Delete(Assert.Single(Spools(place)).Path, recursive: true);
        await session.DisposeAsync().AsTask().EndsAsync();
        Assert.Empty(Spools(place));
    }

    [Fact]
    public async Task A_named_one_goes_on_behind_the_rows_that_it_has()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        long taken;
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { SpoolName = "s" }))
        {
            Add(session, table, 1, 5000);
            await Eventually.HoldsAsync(() => Spools(place) is [{ Rows: > 2000 }], "rows on disk");
        }
        taken = Assert.Single(Spools(place)).Rows;
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { SpoolName = "s" }))
        {
            Assert.Equal(taken, session.SpooledRows);
            Add(session, table, (int)taken + 1, 6000);
            await session.CompleteAsync().EndsAsync();
            await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync();
        }
        AdxSpool spool = Assert.Single(Spools(place));
        Assert.Equal((6000, true, 0), (spool.Rows, spool.IsEmpty, spool.Bytes));
        await AssertNumbersAsync(table, 6000);
        // The whole again sends nothing.
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { SpoolName = "s" }))
            Assert.Equal(6000, session.SpooledRows);
    }

    [Fact]
    public async Task Rejected_rows_and_inputs_that_are_none_count_among_those_taken()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        await using IngestionSession session = await StartAsync(table, place, static request => request with { BatchRows = 2, SpoolName = "s" });
        RowIntake intake = session.OpenRows(table.Columns);
        intake.Add(1, "a");
        intake.Add("no number", "a");
        intake.SkipRow();
        intake.SkipRow();
        intake.Add(2, "a");
        intake.Add("no number", "a");
        await session.CompleteAsync().EndsAsync();
        Assert.Equal(6, Assert.Single(Spools(place)).Rows);
        Assert.Equal((2, 2), (session.Snapshot().Rows, session.Snapshot().RejectedRows));
        var rejected = new List<long>();
        while (session.TryTakeEvent(out IngestionEvent? happened))
        {
            if (happened is RejectedRow row)
                rejected.Add(row.Row);
        }
        Assert.Equal([2, 6], rejected);
    }

    [Fact]
    public async Task A_refused_batch_stays_with_its_error_and_goes_when_the_cause_is_gone()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        string path;
        await using (IngestionSession session = await StartAsync(table, place))
        {
            RowIntake intake = session.OpenRows([new AdxColumn("n", AdxType.Long), new AdxColumn("absent", AdxType.String)], typesAreKnown: false);
            intake.Add(1, "a");
            await session.CompleteAsync().EndsAsync();
            AdxIngestion ended = await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync();
            Assert.Equal(AdxIngestionStatus.Failed, ended.Status);
            path = Assert.Single(Spools(place)).Path;
        }
        AdxSpool spool = AdxSpools.Read(path);
        AdxSpoolBatch refused = Assert.Single(spool.Batches);
        Assert.Equal((AdxSpoolBatchState.Refused, 1), (refused.State, refused.Rows));
        Assert.NotNull(refused.ErrorCode);
        Assert.Contains("absent", refused.Error, StringComparison.Ordinal);
        Assert.Equal(refused.Error, Assert.Single(spool.Errors));

        int posts = table.Posts;
        AdxIngestion again = await AdxSpools.ResumeAsync(table.Connection, path, new SpoolResumption { Wait = true }, Stop).EndsAsync();
        Assert.Equal((AdxIngestionStatus.Empty, posts), (again.Status, table.Posts));

        await new AdxTables(new AdxClient(table.Connection)).CreateAsync(new AdxTableDefinition { Name = LocalTable.Name, Columns = [.. Columns, new AdxColumn("absent", AdxType.String)] }, merge: true, cancellationToken: Stop);
        again = await AdxSpools.ResumeAsync(table.Connection, path, new SpoolResumption { Wait = true, RetryRefused = true }, Stop).EndsAsync();
        Assert.Equal(AdxIngestionStatus.Succeeded, again.Status);
        Assert.False(Directory.Exists(path));
        Assert.Single(await table.RowsAsync());
    }

    [Fact]
    public async Task A_damaged_batch_is_never_sent_and_stays()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Count = 6 });
        await using (IngestionSession session = await StartAsync(table, place))
        {
            Add(session, table, 1, 100);
            await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        }
        string path = Assert.Single(Spools(place)).Path;
        string file = SpoolBatchFile.PathOf(path, 1);
        byte[] bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => AdxSpools.ResumeAsync(table.Connection, path, new SpoolResumption(), Stop).EndsAsync());
        Assert.Equal("AdxSpoolDamaged", failure.ErrorId);
        Assert.Equal("AdxSpoolDamaged", Assert.Single(AdxSpools.Read(path).Batches).ErrorCode);
        Assert.Empty(await table.RowsAsync());
    }

    [Fact]
    public async Task The_room_of_the_spool_is_kept_to_and_whoever_sends_waits_for_it()
    {
        const long Room = 256 * 1024;
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        await using IngestionSession session = await StartAsync(table, place, static request => request with { BatchRows = 0, SpoolBytes = Room });
        // The first batch stays in the spool until it has been seen there.
        var seen = new TaskCompletionSource();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, HoldUntil = seen.Task });
        Task sending = Task.Run(async () =>
        {
            RowIntake intake = session.OpenRows(table.Columns);
            for (int row = 1; row <= 2000; row++)
                intake.Add(row, Convert.ToBase64String(RandomNumberGenerator.GetBytes(1000)));
            await session.CompleteAsync().EndsAsync();
        }, Stop);
        long most = 0;
        while (!sending.IsCompleted)
        {
            if (Spools(place) is [{ } spool])
                most = Math.Max(most, Directory.GetFiles(spool.Path, "*.batch").Sum(static file => new FileInfo(file) is { Exists: true } found ? found.Length : 0));
            if (most > 0)
                seen.TrySetResult();
            await Task.Yield();
        }
        await sending;
        await session.ConfirmAsync(Timeout.InfiniteTimeSpan, Stop).EndsAsync();
        Assert.InRange(most, 1, Room);
        await AssertNumbersAsync(table, 2000);
    }

    [Fact]
    public async Task A_spool_full_of_refused_batches_says_so()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        await using IngestionSession session = await StartAsync(table, place, static request => request with { BatchRows = 0, SpoolBytes = 128 * 1024 });
        RowIntake intake = session.OpenRows([new AdxColumn("n", AdxType.Long), new AdxColumn("absent", AdxType.String)], typesAreKnown: false);
        AdxException failure = await Assert.ThrowsAsync<AdxException>(async () =>
        {
            try
            {
                for (int row = 1; row <= 2000; row++)
                    intake.Add(row, Convert.ToBase64String(RandomNumberGenerator.GetBytes(1000)));
            }
            catch (OperationCanceledException)
            {
                // The reason is told by the end.
            }
            await session.CompleteAsync().EndsAsync();
        });
        Assert.Equal("AdxSpoolFull", failure.ErrorId);
        AdxSpool spool = Assert.Single(Spools(place));
        Assert.True(spool.RefusedBatches > 0 && spool.Rows > 0 && spool.Bytes <= 128 * 1024);
    }

    [Fact]
    public async Task A_spool_for_elsewhere_is_refused_unless_forced()
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        await using LocalTable other = await LocalTable.CreateAsync(Columns);
        using var place = new SpoolPlace();
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, Count = 6 });
        await using (IngestionSession session = await StartAsync(table, place, static request => request with { SpoolName = "s" }))
        {
            Add(session, table, 1, 10);
            await Assert.ThrowsAsync<AdxException>(() => session.CompleteAsync().EndsAsync());
        }
        string path = Path.Combine(place.Root, "s");
        foreach (Func<Task> attempt in (Func<Task>[])
        [
            () => AdxSpools.ResumeAsync(other.Connection, path, new SpoolResumption(), Stop),
            () => StartAsync(other, place, static request => request with { SpoolName = "s" }),
            () => StartAsync(table, place, static request => request with { SpoolName = "s", Table = "Other" }),
            () => StartAsync(table, place, static request => request with { SpoolName = "s", DeliveryGuarantee = AdxDeliveryGuarantee.AtLeastOnce }),
        ])
        {
            Assert.Equal("AdxSpoolMismatch", (await Assert.ThrowsAsync<AdxException>(attempt)).ErrorId);
        }
        Assert.Equal(AdxIngestionStatus.Succeeded, (await AdxSpools.ResumeAsync(other.Connection, path, new SpoolResumption { Wait = true, Force = true }, Stop).EndsAsync()).Status);
        await AssertNumbersAsync(other, 10);
        Assert.Empty(await table.RowsAsync());
    }

    [Theory]
    [InlineData(AdxDeliveryGuarantee.None, 1)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce, 2)]
    public async Task Without_a_guarantee_a_batch_is_queued_once(AdxDeliveryGuarantee guarantee, int posts)
    {
        await using LocalTable table = await LocalTable.CreateAsync(Columns);
        table.Cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost });
        await using IngestionSession session = await table.StartAsync(request => request with { DeliveryGuarantee = guarantee, RetryWindow = TimeSpan.FromMinutes(1) });
        Add(session, table, 1, 1);
        Task<AdxIngestion> sending = session.CompleteAsync().EndsAsync();
        if (guarantee == AdxDeliveryGuarantee.None)
            await Assert.ThrowsAsync<AdxException>(() => sending);
        else
            await sending;
        Assert.Equal(posts, table.Posts);
    }

    [Theory]
    [InlineData(AdxDeliveryGuarantee.ExactlyOnce, null, null, null)]
    [InlineData(AdxDeliveryGuarantee.ExactlyOnce, "spool", null, "tag")]
    [InlineData(AdxDeliveryGuarantee.None, "spool", null, null)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce, null, "name", null)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce, "spool", "../name", null)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce, "spool", ".name", null)]
    [InlineData(AdxDeliveryGuarantee.AtLeastOnce, "spool", "a/b", null)]
    public void What_contradicts_itself_is_refused(AdxDeliveryGuarantee guarantee, string? path, string? name, string? tag)
    {
        var request = new IngestionRequest { Table = "T", DeliveryGuarantee = guarantee, SpoolPath = path, SpoolName = name, IngestIfNotExists = tag is null ? [] : [tag] };
        Assert.Equal("AdxInvalidGuarantee", Assert.Throws<AdxException>(request.Check).ErrorId);
    }

    private static Task<IngestionSession> StartAsync(LocalTable table, SpoolPlace place, Func<IngestionRequest, IngestionRequest>? change = null) => table.StartAsync(request =>
    {
        request = request with { DeliveryGuarantee = AdxDeliveryGuarantee.ExactlyOnce, SpoolPath = place.Root, BatchRows = 1000 };
        return change is null ? request : change(request);
    });

    private static IReadOnlyList<AdxSpool> Spools(SpoolPlace place) => [.. AdxSpools.Find(place.Root).Select(AdxSpools.Read)];

    private static void Add(IngestionSession session, LocalTable table, int first, int last)
    {
        RowIntake intake = session.OpenRows(table.Columns);
        for (int row = first; row <= last; row++)
            intake.Add(row, "text of " + row);
    }

    private static async Task AssertNumbersAsync(LocalTable table, int last)
    {
        IEnumerable<long> numbers = (await table.RowsAsync()).Select(static row => (long)row[0]!).Order();
        Assert.Equal(Enumerable.Range(1, last).Select(static row => (long)row), numbers);
    }
}
