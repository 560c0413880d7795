using System.Collections.Concurrent;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Lines;

namespace AdxFlow.Core.Tests.Ingestion.Lines;

/// <summary>Lines whose batches are sealed by the clock, while their source has nothing to say.</summary>
public sealed class LineIntakeTests
{
    private static readonly BatchProperties Properties = new() { Database = "D", Table = "T", Format = AdxDataFormat.Csv };

    private readonly ConcurrentQueue<AdxIngestionBatch> _accepted = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_that_wait_are_sealed_by_the_clock()
    {
        var transport = new MemoryTransport();
        (LineIntake lines, SubmissionQueue queue) = Open(transport);
        Task running = lines.RunAsync();
        lines.Add("a");
        await Eventually.HoldsAsync(() => transport.Submissions.Count == 1, "the first line is sent");
        lines.Add("b");
        lines.Complete();
        await running.EndsAsync();
        queue.Complete();
        await queue.Completion.EndsAsync();
        Assert.Equal(["a\n", "b\n"], transport.Texts);
    }

    /// <summary>
    /// What such a batch held is lost, so that nothing may come behind it as if it were not. And it takes nothing more: it would be
    /// no gzip stream any longer.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_that_the_clock_sealed_and_that_cannot_be_sent_ends_the_input_with_its_reason(bool isMoreToCome)
    {
        var failed = new TaskCompletionSource();
        var transport = new MemoryTransport
        {
            OnCommit = _ => failed.TrySetResult() ? Task.FromException(new AdxException("AdxThrottled", AdxErrorKind.Throttled, "Busy.")) : Task.CompletedTask,
        };
        (LineIntake lines, SubmissionQueue queue) = Open(transport);
        Task running = lines.RunAsync();
        lines.Add("a");
        await failed.Task.EndsAsync();
        try
        {
            if (isMoreToCome)
                lines.Add("b");
            lines.Complete();
        }
        catch (OperationCanceledException)
        {
            // The input has ended already.
        }
        Assert.Equal("AdxThrottled", (await Assert.ThrowsAsync<AdxException>(() => running.EndsAsync())).ErrorId);
        queue.Complete();
        await queue.Completion.EndsAsync();
        Assert.Empty(transport.Submissions);
        Assert.All(transport.Opened, static content => Assert.True(content.IsAbandoned && content.IsDisposed));
    }

    private (LineIntake Lines, SubmissionQueue Queue) Open(MemoryTransport transport)
    {
        var request = new IngestionRequest { Table = "T", BatchInterval = TimeSpan.FromMilliseconds(1) };
        var queue = new SubmissionQueue(transport, Properties, _accepted.Enqueue, Stop);
        return (new LineIntake(new FormatRoute(transport, Properties), request, ignoreFirstRecord: false, queue, Stop), queue);
    }
}
