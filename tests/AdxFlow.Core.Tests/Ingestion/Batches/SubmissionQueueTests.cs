using System.Collections.Concurrent;
using System.IO.Compression;
using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Core.Tests.Ingestion.Batches;

public sealed class SubmissionQueueTests
{
    private static readonly BatchProperties Properties = new() { Database = "D", Table = "T", Format = AdxDataFormat.Csv };

    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batches_that_have_come_together_go_together_and_no_more_than_the_transport_takes()
    {
        var first = new TaskCompletionSource();
        var transport = new MemoryTransport { MaxBatchesPerSubmission = 3, OnSubmit = _ => first.Task };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, Stop);
        var batches = new List<SealedBatch>();
        for (int index = 0; index < 8; index++)
        {
            batches.Add(await SealAsync(transport));
            await queue.AddAsync(batches[^1]);
        }
        queue.Complete();
        first.SetResult();
        await queue.Completion.EndsAsync();
        Assert.All(transport.Submissions, static group => Assert.InRange(group.Count, 1, 3));
        Assert.InRange(transport.Submissions.Count, 3, 4);
        Assert.Equal(batches.Select(static batch => batch.SourceId), _accepted.Select(static batch => batch.SourceId));
        Assert.All(transport.Opened, static content => Assert.True(content.IsDisposed));
        Assert.Empty(transport.Discarded);
    }

    [Fact]
    public async Task Each_batch_carries_the_operation_that_took_it()
    {
        var transport = new MemoryTransport { MaxBatchesPerSubmission = 1 };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, Stop);
        await queue.AddAsync(await SealAsync(transport));
        await queue.AddAsync(await SealAsync(transport));
        queue.Complete();
        await queue.Completion.EndsAsync();
        Assert.Equal(["operation-1", "operation-2"], _accepted.Select(static batch => batch.OperationId));
    }

    [Fact]
    public async Task A_refusal_ends_the_queue_and_every_batch_not_accepted_is_taken_back()
    {
        var refusal = new AdxException("AdxForbidden", AdxErrorKind.PermissionDenied, "no");
        int calls = 0;
        var transport = new MemoryTransport { MaxBatchesPerSubmission = 2, OnSubmit = _ => ++calls == 1 ? Task.CompletedTask : Task.FromException(refusal) };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, Stop);
        var batches = new List<SealedBatch>();
        for (int index = 0; index < 7; index++)
            batches.Add(await SealAsync(transport));
        foreach (SealedBatch batch in batches)
            await queue.AddAsync(batch);
        Assert.Same(refusal, await Assert.ThrowsAsync<AdxException>(() => queue.Completion.EndsAsync()));
        Assert.Equal(
            batches.Select(static batch => batch.SourceId).Order(),
            _accepted.Select(static batch => batch.SourceId).Concat(transport.Discarded.Select(static batch => batch.SourceId)).Order());
        Assert.InRange(_accepted.Count, 1, 2);
        Assert.All(transport.Opened, static content => Assert.True(content.IsDisposed));
    }

    [Fact]
    public async Task A_batch_that_comes_too_late_is_taken_back_before_adding_it_returns()
    {
        var transport = new MemoryTransport { OnSubmit = static _ => Task.FromException(new AdxException("no")), OnDiscard = static async _ => await Task.Yield() };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, Stop);
        await queue.AddAsync(await SealAsync(transport));
        await Assert.ThrowsAsync<AdxException>(() => queue.Completion.EndsAsync());
        SealedBatch late = await SealAsync(transport);
        await queue.AddAsync(late);
        Assert.Contains(late, transport.Discarded);
    }

    [Fact]
    public async Task Cancellation_sends_nothing_and_takes_everything_back()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var transport = new MemoryTransport { OnSubmit = static _ => Task.Delay(Timeout.Infinite, Stop) };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, cancel.Token);
        await queue.AddAsync(await SealAsync(transport));
        await queue.AddAsync(await SealAsync(transport));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.Completion.EndsAsync());
        Assert.Empty(transport.Submissions);
        Assert.Equal(2, transport.Discarded.Count);
    }

    private static async Task<SealedBatch> SealAsync(MemoryTransport transport)
    {
        OpenBatch batch = await OpenBatch.OpenAsync(transport, AdxDataFormat.Csv, CompressionLevel.Fastest, Environment.TickCount64, Stop);
        await batch.WriteAsync("1\n"u8.ToArray(), 1, Stop);
        return await batch.SealAsync();
    }
}
