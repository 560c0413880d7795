using System.Runtime.ExceptionServices;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Reads another stream ahead on a thread of the pool, while what was read is worked on: one blob's decompression and its
/// parsing use two processors. Where the pool has no thread free, the reader reads for itself and waits for none.
/// </summary>
internal sealed class ReadAheadStream(Stream inner) : ForwardReadStream, IThreadPoolWorkItem
{
    private const int BlockBytes = 64 * 1024;
    private const int MaxReady = 4;

    private readonly object _gate = new();
    private readonly Queue<Block> _ready = new();
    private readonly Stack<byte[]> _free = new();
    private Block? _current;
    private int _taken;
    private bool _isReading;
    private bool _isQueued;
    private bool _ended;

    private bool MayReadAhead => !_isReading && !_ended && _ready.Count < MaxReady;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (_current is null || (_taken == _current.Length && !_current.IsLast))
        {
            _current = Take(_current);
            _taken = 0;
        }

        int taken = Math.Min(buffer.Length, _current.Length - _taken);
        if (taken == 0) _current.Error?.Throw();
        _current.Bytes.AsSpan(_taken, taken).CopyTo(buffer);
        _taken += taken;
        return taken;
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            _isQueued = false;
            if (!MayReadAhead) return;
            _isReading = true;
        }

        while (true)
        {
            Block block = ReadBlock();
            lock (_gate)
            {
                _isReading = false;
                Add(block);
                if (!MayReadAhead) return;
                _isReading = true;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _ended = true;
                while (_isReading)
                    Monitor.Wait(_gate);
            }

            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private Block Take(Block? done)
    {
        lock (_gate)
        {
            if (done is not null) _free.Push(done.Bytes);
            while (_ready.Count == 0 && _isReading)
                Monitor.Wait(_gate);
            if (_ready.Count > 0) return TakeReady();
            _isReading = true;
        }

        Block block = ReadBlock();
        lock (_gate)
        {
            _isReading = false;
            Add(block);
            return TakeReady();
        }
    }

    private Block TakeReady()
    {
        Block block = _ready.Dequeue();
        if (!_isQueued && MayReadAhead)
        {
            _isQueued = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return block;
    }

    private void Add(Block block)
    {
        _ready.Enqueue(block);
        _ended |= block.IsLast;
        Monitor.PulseAll(_gate);
    }

    /// <summary>Reads a block; an error comes behind what was read before it.</summary>
    private Block ReadBlock()
    {
        byte[]? bytes;
        lock (_gate)
        {
            if (!_free.TryPop(out bytes)) bytes = new byte[BlockBytes];
        }

        int length = 0;
        try
        {
            while (length < bytes.Length)
            {
                int read = inner.Read(bytes, length, bytes.Length - length);
                if (read == 0) return new Block(bytes, length, true, null);
                length += read;
            }

            return new Block(bytes, length, false, null);
        }
        catch (Exception e)
        {
            return new Block(bytes, length, true, ExceptionDispatchInfo.Capture(e));
        }
    }

    /// <summary>What was read.</summary>
    /// <param name="Bytes">The bytes.</param>
    /// <param name="Length">How many.</param>
    /// <param name="IsLast">True where nothing follows but the error, if there is one.</param>
    /// <param name="Error">What went wrong behind them.</param>
    private sealed record Block(byte[] Bytes, int Length, bool IsLast, ExceptionDispatchInfo? Error);
}
