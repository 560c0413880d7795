using System.Buffers.Binary;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Storage;

/// <summary>
/// The bytes of one blob, written as a stream and uploaded block by block while they come, so that a batch of any size
/// costs the memory of a few blocks. Nothing is to be seen in the container before <see cref="CommitAsync"/>: blocks that
/// were never committed are no blob, and storage forgets them.
/// </summary>
internal sealed class BlobUpload(BlobClient client, StorageContainer container, string name, BlockBuffers buffers, CancellationToken cancel)
    : BatchContent, IBlobContent
{
    private static readonly TimeSpan CommitGrace = TimeSpan.FromSeconds(5);

    private readonly List<string> _blockIds = [];
    private readonly List<Task> _uploads = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private byte[]? _block;
    private int _filled;
    private long _sent;
    private bool _isCommitting;

    /// <summary>The blob's address, SAS included: it goes to the service and nowhere else.</summary>
    public Uri Uri => container.BlobUri(name);

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
            await client.PutBlobAsync(container, name, _block.AsMemory(0, _filled), limit.Token);
        else
            await client.PutBlockListAsync(container, name, _blockIds, limit.Token);
        ReturnBlock();
    }

    /// <summary>Stops what is under way, takes back the blob if a commit that failed may have made it, and gives the buffers back. Does not throw.</summary>
    public override async Task AbandonAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_uploads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_isCommitting)
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
            await client.PutBlockAsync(container, name, id, block.AsMemory(0, length), _stop.Token);
        }
        finally
        {
            buffers.Return(block);
        }
    }

    private void ReturnBlock()
    {
        if (Interlocked.Exchange(ref _block, null) is { } block)
            buffers.Return(block);
    }
}
