namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// Some hundred rows of cells, row after row, on their way from the thread that reads them to the one that encodes them.
/// Blocks are pooled: whoever has handed one on must not touch it again.
/// </summary>
internal sealed class RowBlock(int columns)
{
    /// <summary>Large enough that handing a block on costs nothing per row, small enough to stay out of the large object heap.</summary>
    public const int Capacity = 512;

    private readonly object?[] _cells = new object?[Capacity * columns];

    public int Count { get; private set; }

    /// <summary>The number of the first row, counted from 1 over the whole ingestion.</summary>
    public long FirstRow { get; private set; }

    /// <summary>When the first row came, in <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>The cells of the row to come; they count once <see cref="Commit"/> is called.</summary>
    public Span<object?> Next => _cells.AsSpan(Count * columns, columns);

    public void Begin(long firstRow)
    {
        FirstRow = firstRow;
        Since = Environment.TickCount64;
    }

    public void Commit() => Count++;

    public ReadOnlySpan<object?> Row(int index) => _cells.AsSpan(index * columns, columns);

    public void Clear()
    {
        Array.Clear(_cells, 0, Count * columns);
        Count = 0;
    }
}
