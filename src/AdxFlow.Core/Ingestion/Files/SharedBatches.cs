using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Puts small files together: one open batch for each format, each file in it as a whole. Few at a time, since an open batch
/// holds a buffer for its upload.
/// </summary>
/// <param name="request">The limits of a batch.</param>
/// <param name="hand">Takes a batch that is full.</param>
/// <param name="cancel">Ends the writing.</param>
internal sealed class SharedBatches(IngestionRequest request, Func<FormatRoute, SealedBatch, Task> hand, CancellationToken cancel) : IAsyncDisposable
{
    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly int _mostOpen = Math.Max(1, request.ThrottleLimit - 1);
    private readonly SemaphoreSlim _turn = new(1, 1);

    // The one that took a file last stands last.
    private readonly List<(FormatRoute Route, FileBatch Batch)> _open = [];

    public async Task AddAsync(FormatRoute route, ReadOnlyMemory<byte> records, long rows)
    {
        if (records.IsEmpty)
            return;
        await _turn.WaitAsync(cancel);
        try
        {
            FileBatch batch = await FindAsync(route, records.Length, rows);
            await batch.WriteAsync(records, rows);
        }
        catch (IOException failure)
        {
            throw FileErrors.NoScratch(failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Seals what is open.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            while (_open.Count > 0)
                await SealAsync(0);
        }
        catch (IOException failure)
        {
            throw FileErrors.NoScratch(failure);
        }
    }

    /// <summary>Gives up what is open. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, FileBatch batch) in _open)
            await batch.DisposeAsync();
        _open.Clear();
        _turn.Dispose();
    }

    private async Task<FileBatch> FindAsync(FormatRoute route, long bytes, long rows)
    {
        int index = _open.FindIndex(open => open.Route.Format == route.Format);
        if (index >= 0 && (_open[index].Batch.RawBytes + bytes > Math.Min(request.BatchBytes, route.Transport.MaxBatchBytes) || _open[index].Batch.Rows + rows > _maxRows))
        {
            await SealAsync(index);
            index = -1;
        }
        if (index >= 0)
        {
            (FormatRoute, FileBatch) known = _open[index];
            _open.RemoveAt(index);
            _open.Add(known);
            return known.Item2;
        }
        if (_open.Count >= _mostOpen)
            await SealAsync(0);
        FileBatch batch = await FileBatch.OpenAsync(route.Transport, request, route.Format, cancel);
        _open.Add((route, batch));
        return batch;
    }

    private async Task SealAsync(int index)
    {
        (FormatRoute route, FileBatch batch) = _open[index];
        SealedBatch full = await batch.SealAsync();
        _open.RemoveAt(index);
        await batch.DisposeAsync();
        await hand(route, full);
    }
}
