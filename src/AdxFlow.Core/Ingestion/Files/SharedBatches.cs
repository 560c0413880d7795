using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Puts small files together: one open batch for each format, each file in it as a whole. Few at a time, since an open batch
/// holds a buffer for its upload.
/// </summary>
/// <param name="transport">Where batches go.</param>
/// <param name="request">The limits of a batch.</param>
/// <param name="hand">Takes a batch that is full.</param>
/// <param name="cancel">Ends the writing.</param>
internal sealed class SharedBatches(ITransport transport, IngestionRequest request, Func<AdxDataFormat, SealedBatch, Task> hand, CancellationToken cancel) : IAsyncDisposable
{
    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly long _maxBytes = Math.Min(request.BatchBytes, transport.MaxBatchBytes);
    private readonly int _mostOpen = Math.Max(1, request.ThrottleLimit - 1);
    private readonly SemaphoreSlim _turn = new(1, 1);

    // The one that took a file last stands last.
    private readonly List<(AdxDataFormat Format, FileBatch Batch)> _open = [];

    public async Task AddAsync(AdxDataFormat format, ReadOnlyMemory<byte> records, long rows)
    {
        if (records.IsEmpty)
            return;
        await _turn.WaitAsync(cancel);
        try
        {
            FileBatch batch = await FindAsync(format, records.Length, rows);
            await batch.WriteAsync(records, rows);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Seals what is open.</summary>
    public async Task CompleteAsync()
    {
        while (_open.Count > 0)
            await SealAsync(0);
    }

    /// <summary>Gives up what is open. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, FileBatch batch) in _open)
            await batch.DisposeAsync();
        _open.Clear();
        _turn.Dispose();
    }

    private async Task<FileBatch> FindAsync(AdxDataFormat format, long bytes, long rows)
    {
        int index = _open.FindIndex(open => open.Format == format);
        if (index >= 0 && (_open[index].Batch.RawBytes + bytes > _maxBytes || _open[index].Batch.Rows + rows > _maxRows))
        {
            await SealAsync(index);
            index = -1;
        }
        if (index >= 0)
        {
            (AdxDataFormat, FileBatch) known = _open[index];
            _open.RemoveAt(index);
            _open.Add(known);
            return known.Item2;
        }
        if (_open.Count >= _mostOpen)
            await SealAsync(0);
        FileBatch batch = await FileBatch.OpenAsync(transport, request, format, cancel);
        _open.Add((format, batch));
        return batch;
    }

    private async Task SealAsync(int index)
    {
        (AdxDataFormat format, FileBatch batch) = _open[index];
        SealedBatch full = await batch.SealAsync();
        _open.RemoveAt(index);
        await batch.DisposeAsync();
        await hand(format, full);
    }
}
