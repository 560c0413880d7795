using System.Buffers.Binary;
using AdxFlow.Http;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// The bytes of one blob, written as a stream and uploaded block by block while they come, so that a batch of any size
/// costs the memory of a few blocks. Nothing is to be seen in the container before <see cref="CommitAsync"/>: blocks that
/// were never committed are no blob, and storage forgets them.
/// A blob of less than a block is whole in memory, and goes to another account when one fails. A larger one stays in the
/// container where it began: its first blocks are there and nowhere else any more.
/// </summary>
internal sealed class BlobUpload(BlobClient client, ContainerPool pool, string name, BlockBuffers buffers, CancellationToken cancel)
    : BatchContent, IBlobContent
{
    private static readonly TimeSpan CommitGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBetweenAccounts = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _blockIds = [];
    private readonly List<Task> _uploads = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private StorageContainer? _container;
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
            await PutAsync(container => client.PutBlockListAsync(container, name, _blockIds, limit.Token), limit.Token);
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
        }
        base.Dispose(disposing);
    }

    private async ValueTask StageAsync()
    {
        // An upload that has failed will not get better by sending the rest after it.
        if (_uploads.Find(static upload => upload.IsFaulted) is { } failed)
            await failed;

        _container ??= await pool.NextAsync([], _stop.Token);
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
            await PutAsync(container => client.PutBlockAsync(container, name, id, block.AsMemory(0, length), _stop.Token), _stop.Token);
        }
        finally
        {
            buffers.Return(block);
        }
    }

    /// <summary>Puts the whole blob, in one account after the other until one takes it; the last one is asked with patience.</summary>
    private async Task PutWholeAsync(ReadOnlyMemory<byte> content, CancellationToken limit)
    {
        var tried = new List<StorageContainer>();
        while (true)
        {
            StorageContainer current = _container = await pool.NextAsync(tried, limit);
            try
            {
                if (pool.HasOtherAccount(tried, current))
                    await PutAsync(container => client.PutBlobOnceAsync(container, name, content, limit), limit);
                else
                    await PutAsync(container => client.PutBlobAsync(container, name, content, limit), limit);
                return;
            }
            catch (AdxException failure) when (MayGoElsewhere(failure, tried, current))
            {
                tried.Add(current);
                // An answer that was lost may have left a blob there, which nobody will ask for.
                if (failure.StatusCode is null or >= 500)
                    await client.TryDeleteAsync(Uri);
                await Jitter.WaitAsync(PauseBetweenAccounts * tried.Count, limit);
            }
        }
    }

    /// <summary>A missing container says nothing of the account's others; whatever else fails is the account's.</summary>
    private bool MayGoElsewhere(AdxException failure, List<StorageContainer> tried, StorageContainer current) => failure.StatusCode == 404
        ? pool.HasOtherContainer(tried, current)
        : (TransientRetry.IsTransient(failure) || failure.StatusCode is 401 or 403) && pool.HasOtherAccount(tried, current);

    /// <summary>Sends a request to the blob's container. A signature that has run out is renewed, and the blob goes on where it is.</summary>
    private async Task PutAsync(Func<StorageContainer, Task> put, CancellationToken limit)
    {
        StorageContainer used = pool.Latest(_container!);
        try
        {
            try
            {
                await put(used);
            }
            catch (AdxException refusal) when (refusal.StatusCode == 403)
            {
                if (await pool.FreshAsync(used, limit) is not { } fresh)
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
