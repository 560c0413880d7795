using System.Buffers;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// The records of one file, kept back until the file has proved whole: those of a small one in memory, from where they may
/// join other files' in a batch; those of a larger one in batches of its own, uploaded and known to nobody.
/// </summary>
internal sealed class FileRecords(ITransport transport, IngestionRequest request, AdxDataFormat format, CancellationToken cancel)
    : IRecordSink, IAsyncDisposable
{
    /// <summary>The largest file that is kept in memory, in raw bytes.</summary>
    public const int LargestSmall = 4 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly long _maxBytes = Math.Min(request.BatchBytes, transport.MaxBatchBytes);
    private readonly List<SealedBatch> _sealed = [];
    private byte[] _small = [];
    private int _smallLength;
    private long _smallRows;
    private bool _isLarge;
    private FileBatch? _batch;
    private Task<SealedBatch>? _sealing;

    public AdxDataFormat Format => format;

    /// <summary>True while the records are in memory.</summary>
    public bool IsSmall => !_isLarge;

    public ReadOnlyMemory<byte> Small => _small.AsMemory(0, _smallLength);

    public long SmallRows => _smallRows;

    public long RowsThatFit => _maxRows - (_isLarge ? _batch?.Rows ?? 0 : _smallRows);

    public long BytesThatFit => _maxBytes - (_isLarge ? _batch?.RawBytes ?? 0 : _smallLength);

    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> records, long rows)
    {
        if (!_isLarge && _smallRows + rows < _maxRows && _smallLength + records.Length <= Math.Min(_maxBytes, LargestSmall))
        {
            Keep(records.Span);
            _smallRows += rows;
            return true;
        }
        if (!_isLarge)
            await GrowAsync();
        await AppendAsync(records, rows);
        return true;
    }

    /// <summary>Ends the batches; small records make a batch of their own. From here on they are the caller's to hand over or to discard.</summary>
    public async Task<IReadOnlyList<SealedBatch>> SealAsync()
    {
        if (!_isLarge)
            await GrowAsync();
        if (_batch is not null)
            await BeginSealAsync();
        await EndSealAsync();
        SealedBatch[] all = [.. _sealed];
        _sealed.Clear();
        return all;
    }

    /// <summary>Gives up what was not sealed by <see cref="SealAsync"/>. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_batch is not null)
            await _batch.DisposeAsync();
        if (_sealing is not null)
        {
            await ((Task)_sealing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_sealing.IsCompletedSuccessfully)
                _sealed.Add(_sealing.Result);
        }
        await Task.WhenAll(_sealed.Select(transport.DiscardAsync)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sealed.Clear();
        Release();
    }

    private void Keep(ReadOnlySpan<byte> records)
    {
        if (_small.Length < _smallLength + records.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Math.Max(_small.Length * 2, _smallLength + records.Length)));
            Small.Span.CopyTo(larger);
            int length = _smallLength;
            Release();
            _small = larger;
            _smallLength = length;
        }
        records.CopyTo(_small.AsSpan(_smallLength));
        _smallLength += records.Length;
    }

    private void Release()
    {
        if (_small.Length > 0)
            ArrayPool<byte>.Shared.Return(_small);
        _small = [];
        _smallLength = 0;
    }

    private async Task GrowAsync()
    {
        _isLarge = true;
        if (_smallLength > 0)
            await AppendAsync(Small, _smallRows);
        Release();
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> records, long rows)
    {
        if (_batch is not null && _batch.RawBytes + records.Length > _maxBytes)
            await BeginSealAsync();
        _batch ??= await FileBatch.OpenAsync(transport, request, format, cancel);
        await _batch.WriteAsync(records, rows);
        if (_batch.Rows >= _maxRows)
            await BeginSealAsync();
    }

    /// <summary>A batch ends its upload while the next one fills; more than these two would bind too many buffers.</summary>
    private async Task BeginSealAsync()
    {
        await EndSealAsync();
        FileBatch full = _batch!;
        _batch = null;
        _sealing = SealOneAsync(full);
    }

    private async Task EndSealAsync()
    {
        if (_sealing is null)
            return;
        SealedBatch batch = await _sealing;
        _sealing = null;
        _sealed.Add(batch);
    }

    private static async Task<SealedBatch> SealOneAsync(FileBatch batch)
    {
        await using (batch)
            return await batch.SealAsync();
    }
}
