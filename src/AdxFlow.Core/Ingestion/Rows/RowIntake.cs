using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// Takes rows from the one thread that reads them. Putting a row in costs no lock, no task and no text: cells go into a
/// pooled block, a full block goes to a worker that encodes it, and the caller waits only when the workers are behind.
/// </summary>
public sealed class RowIntake
{
    private readonly Channel<Task<EncodedBlock>> _blocks;
    private readonly ConcurrentQueue<RowBlock> _pool = new();
    private readonly CancellationToken _cancel;
    private RowBlock? _open;
    private RowBlock? _mine;
    private long _rows;

    internal RowIntake(IReadOnlyList<AdxColumn> columns, bool typesAreKnown, int blocksUnderWay, CancellationToken cancel, long rowsBefore = 0)
    {
        _rows = rowsBefore;
        Columns = columns;
        Encoder = new CsvRowEncoder(columns, typesAreKnown);
        _blocks = Channel.CreateBounded<Task<EncodedBlock>>(new BoundedChannelOptions(blocksUnderWay) { SingleReader = true });
        _cancel = cancel;
    }

    /// <summary>What each cell of a row belongs to.</summary>
    public IReadOnlyList<AdxColumn> Columns { get; }

    /// <summary>Rows taken so far, rejected ones included, and those that a spool had taken before.</summary>
    public long Rows => _rows;

    /// <summary>What writes the rows; one for the transport, where it asks for more than the usual.</summary>
    internal CsvRowEncoder Encoder { get; init; }

    internal ChannelReader<Task<EncodedBlock>> Blocks => _blocks.Reader;

    /// <summary>
    /// The cells of the next row, one for each column, to be filled, null for no value; <see cref="EndRow"/> makes it count.
    /// Cells must not be changed afterwards by anybody: strings, numbers and the like are safe, nested objects come as <see cref="JsonText"/>.
    /// </summary>
    public Span<object?> BeginRow()
    {
        if (_mine is not null)
            // The row before was begun and never ended; what it left must not pass for cells of this one.
            _mine.Next.Clear();
        else
            _mine = Interlocked.Exchange(ref _open, null) ?? Rent();
        return _mine.Next;
    }

    /// <summary>
    /// Takes the row. Waits while the workers are behind, which is what keeps memory bounded. After a failure on a worker
    /// it throws, and <see cref="IngestionSession.CompleteAsync"/> says what the failure was.
    /// </summary>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void EndRow()
    {
        RowBlock block = _mine!;
        if (block.Count == 0)
            block.Begin(_rows + 1);
        block.Commit();
        _rows++;
        _mine = null;
        if (block.IsFull)
            HandOn(block);
        else
            Volatile.Write(ref _open, block);
    }

    /// <summary>Counts an input that is no row, so that the rows after it keep their numbers.</summary>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void SkipRow()
    {
        // The rows of a block are numbered through, so that before the gap ends here.
        if ((TakeOpen() ?? _mine) is { } block)
        {
            block.Next.Clear();
            if (block.Count > 0)
                HandOn(block);
            else
                _pool.Enqueue(block);
        }
        _mine = null;
        _rows++;
    }

    /// <summary>Adds a whole row.</summary>
    /// <param name="cells">One cell for each column.</param>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void Add(params ReadOnlySpan<object?> cells)
    {
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"The row has {cells.Length} cells, the table {Columns.Count} columns.", nameof(cells));
        cells.CopyTo(BeginRow());
        EndRow();
    }

    /// <summary>No further row comes.</summary>
    internal void Complete()
    {
        // A row that was begun and never ended leaves its block here, with the rows before it.
        if ((TakeOpen() ?? _mine) is { Count: > 0 } last)
            HandOn(last);
        _mine = null;
        _blocks.Writer.TryComplete();
    }

    /// <summary>Ends the waiting of whoever puts rows in, after a failure behind it.</summary>
    internal void Fail() => _blocks.Writer.TryComplete();

    /// <summary>
    /// The rows that wait for their block to fill, or null: for the timer of a batch, which cannot wait for the next row to come.
    /// The reading thread takes its block for as long as it fills a row, so the two never hold the same one.
    /// </summary>
    internal RowBlock? TakeOpen() => Interlocked.Exchange(ref _open, null);

    internal EncodedBlock Encode(RowBlock block)
    {
        EncodedBlock encoded = Encoder.Encode(block);
        block.Clear();
        _pool.Enqueue(block);
        return encoded;
    }

    private RowBlock Rent() => _pool.TryDequeue(out RowBlock? block) ? block : new RowBlock(Columns.Count);

    private void HandOn(RowBlock block)
    {
        Task<EncodedBlock> encoding = Task.Run(() => Encode(block), CancellationToken.None);
        if (_blocks.Writer.TryWrite(encoding))
            return;
        try
        {
            _blocks.Writer.WriteAsync(encoding, _cancel).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The ingestion has failed.");
        }
    }
}
