using System.Buffers.Binary;
using AdxFlow.Http;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// The bytes of one blob, written as a stream and uploaded block by block while they come, so that a batch of any size
/// costs the memory of a few blocks. Nothing is to be seen in the container before <see cref="CommitAsync"/>: blocks that
/// were never committed are no blob, and storage forgets them.
/// Until a first block of it has been put, a blob is whole in memory, and goes to another account when one fails. Then it stays in
/// its container: what was put is there and nowhere else any more.
/// </summary>
internal sealed class BlobUpload(BlobClient client, ContainerPool pool, string name, BlockBuffers buffers, CancellationToken cancel)
    : BatchContent, IBlobContent
{
    private static readonly TimeSpan CommitGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBetweenAccounts = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _blockIds = [];
    private readonly List<Task> _uploads = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private readonly SemaphoreSlim _moving = new(1, 1);
    private volatile StorageContainer? _container;
    private volatile StorageContainer[] _tried = [];
    private volatile bool _isBound;
    private byte[]? _block;
    private int _filled;
    private long _sent;
    private bool _isCommitting;

    /// <summary>The blob's address, SAS included: it goes to the service and nowhere else.</summary>
    public Uri Uri => pool.Latest(_container ?? throw new InvalidOperationException("The blob has no place yet.")).BlobUri(name);

    public override long Sent => _sent;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _sent += buffer.Length;
        while (!buffer.IsEmpty)
        {
            _block ??= await buffers.RentAsync(_stop.Token);
            int count = Math.Min(buffer.Length, _block.Length - _filled);
            buffer.Span[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == _block.Length)
                await StageAsync();
        }
    }

    /// <summary>Uploads what is left and makes the blob appear, whole.</summary>
    public override async Task CommitAsync()
    {
        if (_blockIds.Count > 0)
        {
            if (_filled > 0)
                await StageAsync();
            await Task.WhenAll(_uploads);
        }
        _stop.Token.ThrowIfCancellationRequested();
        // The one request that makes the blob is not torn by a cancellation: nobody could tell afterwards whether there is a
        // blob to take back. It gets a little time to end.
        using var limit = new CancellationTokenSource();
        await using CancellationTokenRegistration grace = _stop.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(CommitGrace), limit);
        _isCommitting = true;
        if (_blockIds.Count == 0)
            await PutWholeAsync(_block.AsMemory(0, _filled), limit.Token);
        else
            await PutAsync(_container!, container => client.PutBlockListAsync(container, name, _blockIds, limit.Token), limit.Token);
        ReturnBlock();
    }

    /// <summary>Stops what is under way, takes back the blob if a commit that failed may have made it, and gives the buffers back. Does not throw.</summary>
    public override async Task AbandonAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_uploads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_isCommitting && _container is not null)
            await client.TryDeleteAsync(Uri);
        ReturnBlock();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ReturnBlock();
            _stop.Dispose();
            _moving.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask StageAsync()
    {
        // An upload that has failed will not get better by sending the rest after it.
        if (_uploads.Find(static upload => upload.IsFaulted) is { } failed)
            await failed;

        byte[] block = _block!;
        int length = _filled;
        _block = null;
        _filled = 0;

        // Ids of one blob must be of one length.
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, _blockIds.Count);
        string id = Convert.ToBase64String(number);
        _blockIds.Add(id);
        _uploads.Add(UploadAsync(id, block, length));
    }

    private async Task UploadAsync(string id, byte[] block, int length)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = block.AsMemory(0, length);
            await PutMovablyAsync(
                (container, isOnce) => isOnce ? client.PutBlockOnceAsync(container, name, id, bytes, _stop.Token) : client.PutBlockAsync(container, name, id, bytes, _stop.Token),
                _stop.Token);
        }
        finally
        {
            buffers.Return(block);
        }
    }

    private Task PutWholeAsync(ReadOnlyMemory<byte> content, CancellationToken limit) => PutMovablyAsync(
        (container, isOnce) => isOnce ? client.PutBlobOnceAsync(container, name, content, limit) : client.PutBlobAsync(container, name, content, limit),
        limit);

    /// <summary>
    /// Puts the blob or a block of it where the blob is. As long as nothing of it is anywhere, it goes to another account when one
    /// fails; the last one is asked with patience. A block that another one has moved away from is put a second time.
    /// </summary>
    private async Task PutMovablyAsync(Func<StorageContainer, bool, Task> put, CancellationToken limit)
    {
        while (true)
        {
            StorageContainer place = _container ?? await BeginAsync(limit);
            bool isOnce = !_isBound && pool.HasOtherAccount(_tried, place);
            try
            {
                await PutAsync(place, container => put(container, isOnce), limit);
            }
            catch (AdxException failure) when (IsOfPlace(failure))
            {
                // One try was too few where the blob has to stay.
                if (!await MoveAsync(place, failure, limit) && !isOnce)
                    throw;
                continue;
            }
            if (TryBind(place))
                return;
        }
    }

    private async Task<StorageContainer> BeginAsync(CancellationToken limit)
    {
        await _moving.WaitAsync(limit);
        try
        {
            return _container ??= await pool.NextAsync([], limit);
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <summary>Whether a part of the blob is in this place now, so that all of it has to be.</summary>
    private bool TryBind(StorageContainer place)
    {
        lock (_uploads)
        {
            if (_container != place)
                return false;
            _isBound = true;
            return true;
        }
    }

    /// <summary>Leaves a place that fails for another one; false where there is none, or a part of the blob is there already.</summary>
    private async Task<bool> MoveAsync(StorageContainer place, AdxException failure, CancellationToken limit)
    {
        if (failure.StatusCode == 404)
            await pool.LoseAsync(place, limit);
        await _moving.WaitAsync(limit);
        try
        {
            if (_container != place)
                return true;
            // What is refused or missing is the container; whatever else fails is the account.
            bool hasOther = failure.StatusCode is 401 or 403 or 404 ? pool.HasOtherContainer(_tried, place) : pool.HasOtherAccount(_tried, place);
            if (_isBound || !hasOther)
                return false;
            _tried = [.. _tried, place];
            // An answer that was lost may have left a blob there, which nobody will ask for.
            if (_isCommitting && failure.StatusCode is null or >= 500)
                await client.TryDeleteAsync(pool.Latest(place).BlobUri(name));
            await Jitter.WaitAsync(PauseBetweenAccounts * _tried.Length, limit);
            StorageContainer next = await pool.NextAsync(_tried, limit);
            lock (_uploads)
            {
                if (_isBound)
                    return false;
                _container = next;
                return true;
            }
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <summary>True where the same may go well elsewhere.</summary>
    private static bool IsOfPlace(AdxException failure) => TransientRetry.IsTransient(failure) || failure.StatusCode is 401 or 403 or 404;

    /// <summary>Sends a request to the blob's container. A signature that has run out is renewed, and the blob goes on where it is.</summary>
    private async Task PutAsync(StorageContainer place, Func<StorageContainer, Task> put, CancellationToken limit)
    {
        StorageContainer used = pool.Latest(place);
        try
        {
            try
            {
                await put(used);
            }
            catch (AdxException refusal) when (refusal.StatusCode == 403)
            {
                // A service that is away for a moment must not pass for one that gives no other right.
                if (await client.Retry.RunAsync(() => pool.FreshAsync(used, limit), limit) is not { } fresh)
                    throw;
                await put(fresh);
            }
            pool.Report(used, success: true);
        }
        catch (AdxException)
        {
            pool.Report(used, success: false);
            throw;
        }
    }

    private void ReturnBlock()
    {
        if (Interlocked.Exchange(ref _block, null) is { } block)
            buffers.Return(block);
    }
}
