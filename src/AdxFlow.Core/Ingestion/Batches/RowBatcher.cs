using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Ingestion.Batches;

/// <summary>
/// Puts encoded rows into batches, in order, and seals a batch when it is full by rows or bytes, or old enough by the clock.
/// A sealed batch finishes its upload while the next one fills.
/// </summary>
internal sealed class RowBatcher(
    RowIntake intake,
    IBatchSink sink,
    IngestionRequest request,
    Action<RejectedRow> rejected,
    CancellationToken cancel)
{
    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly long _maxBytes = Math.Min(request.BatchBytes, sink.MaxBatchBytes);
    private readonly List<Task> _sealing = [];
    private IOpenBatch? _batch;

    public async Task RunAsync()
    {
        try
        {
            Task<bool>? more = null;
            while (true)
            {
                more ??= intake.Blocks.WaitToReadAsync(cancel).AsTask();
                if (await IsLateAsync(more))
                {
                    await OnTimerAsync();
                    continue;
                }
                if (!await more)
                    break;
                more = null;
                while (intake.Blocks.TryRead(out Task<EncodedBlock>? encoding))
                    await TakeAsync(await encoding);
            }
            Seal();
            await Task.WhenAll(_sealing);
        }
        catch
        {
            intake.Fail();
            if (_batch is not null)
                await _batch.DisposeAsync();
            await Task.WhenAll(_sealing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (intake.Blocks.TryRead(out Task<EncodedBlock>? encoding))
            {
                await ((Task)encoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (encoding.IsCompletedSuccessfully)
                    encoding.Result.Dispose();
            }
            throw;
        }
    }

    /// <summary>True when the open batch, or the row that has waited longest for its block to fill, reached its age first.</summary>
    private async Task<bool> IsLateAsync(Task<bool> more)
    {
        if (more.IsCompleted || request.BatchInterval == Timeout.InfiniteTimeSpan)
            return false;
        TimeSpan left = _batch is null ? request.BatchInterval : request.BatchInterval - Age(_batch);
        try
        {
            await more.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
            return false;
        }
        catch (TimeoutException)
        {
            return !more.IsCompleted;
        }
    }

    private async Task OnTimerAsync()
    {
        if (intake.TakeOpen() is { } waiting)
        {
            // Blocks that filled in between come before the one that was open.
            while (intake.Blocks.TryPeek(out Task<EncodedBlock>? next) && (await next).FirstRow < waiting.FirstRow && intake.Blocks.TryRead(out _))
                await TakeAsync(await next);
            await TakeAsync(intake.Encode(waiting));
        }
        SealIfOld();
        // The next row may be long in coming, or never come.
        await SettleAsync();
    }

    private async Task TakeAsync(EncodedBlock block)
    {
        using (block)
        {
            block.Rejected?.ForEach(rejected);
            for (int row = 0; row < block.Rows;)
            {
                _batch ??= await sink.OpenAsync(block.Since, cancel);
                int count = block.CountThatFit(row, _maxRows - _batch.Rows, _maxBytes - _batch.RawBytes);
                // One row that is larger than a whole batch goes alone.
                if (count == 0 && _batch.Rows == 0)
                    count = 1;
                if (count > 0)
                {
                    ReadOnlyMemory<byte> records = block.Slice(row, row + count);
                    await _batch.WriteAsync(records, count, block.PositionAfter(row + count), cancel);
                    IngestionProgress.Current?.Add(count, records.Length);
                }
                row += count;
                if (row < block.Rows || _batch.Rows >= _maxRows || _batch.RawBytes >= _maxBytes)
                    Seal();
            }
        }
        // When blocks come one right after the other, there is no waiting in which the timer could go off.
        SealIfOld();
        await SettleAsync();
    }

    /// <summary>Forgets the batches that are whole where they belong; throws what has made one fail.</summary>
    private async Task SettleAsync()
    {
        if (_sealing.Find(static task => task.IsFaulted) is { } failed)
            await failed;
        _sealing.RemoveAll(static task => task.IsCompletedSuccessfully);
    }

    private void SealIfOld()
    {
        if (_batch is not null && request.BatchInterval != Timeout.InfiniteTimeSpan && Age(_batch) >= request.BatchInterval)
            Seal();
    }

    private void Seal()
    {
        if (_batch is null)
            return;
        _sealing.Add(SealAsync(_batch));
        _batch = null;
    }

    private static async Task SealAsync(IOpenBatch batch)
    {
        await using (batch)
            await batch.SealAsync();
    }

    private static TimeSpan Age(IOpenBatch batch) => TimeSpan.FromMilliseconds(Environment.TickCount64 - batch.Since);
}
