using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Ingestion.Lines;

/// <summary>Puts records into batches, and seals a batch when it is full by rows or bytes, or old enough by the clock.</summary>
internal sealed class LineBatches(FormatRoute route, IngestionRequest request, SubmissionQueue submissions, CancellationToken cancel)
    : IRecordSink, IAsyncDisposable
{
    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly long _maxBytes = Math.Min(request.BatchBytes, route.Transport.MaxBatchBytes);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileBatch? _batch;
    private long _since;

    // The clock may seal between two questions: the answer is then too small, which is no harm.
    public long RowsThatFit => _maxRows - (_batch?.Rows ?? 0);

    public long BytesThatFit => _maxBytes - (_batch?.RawBytes ?? 0);

    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> records, long rows)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_batch is not null && _batch.RawBytes + records.Length > _maxBytes)
                await SealAsync();
            if (_batch is null)
            {
                _since = Environment.TickCount64;
                _batch = await FileBatch.OpenAsync(route.Transport, request, route.Format, cancel);
            }
            await _batch.WriteAsync(records, rows);
            if (_batch.Rows >= _maxRows)
                await SealAsync();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task SealIfOldAsync()
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (Environment.TickCount64 - _since >= request.BatchInterval.TotalMilliseconds)
                await SealAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task CompleteAsync()
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await SealAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_batch is not null)
            await _batch.DisposeAsync();
        _turn.Dispose();
    }

    private async Task SealAsync()
    {
        if (_batch is null)
            return;
        FileBatch full = _batch;
        // Whatever becomes of its end, it takes nothing more: what came behind that would be no part of its gzip stream.
        _batch = null;
        SealedBatch batch;
        await using (full)
            batch = await full.SealAsync();
        await submissions.AddAsync(batch);
        if (submissions.Completion.IsFaulted)
            await submissions.Completion;
    }
}
