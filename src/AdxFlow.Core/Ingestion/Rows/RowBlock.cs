namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// Some hundred rows of cells, row after row, on their way from the thread that reads them to the one that encodes them.
/// Blocks are pooled: whoever has handed one on must not touch it again.
/// </summary>
internal sealed class RowBlock(int columns)
{
    /// <summary>Rows enough that handing a block on costs nothing for each of them.</summary>
    public const int Capacity = 512;

    // What bounds memory when rows are long: blocks under way times this, whatever the number of rows.
    private const int MostCharacters = 1024 * 1024;

    private readonly object?[] _cells = new object?[Capacity * columns];
    private long _characters;

    public int Count { get; private set; }

    /// <summary>The number of the first row, counted from 1 over the whole ingestion.</summary>
    public long FirstRow { get; private set; }

    /// <summary>When the first row came, in <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; private set; }

    public bool IsFull => Count == Capacity || _characters >= MostCharacters;

    /// <summary>The cells of the row to come; they count once <see cref="Commit"/> is called.</summary>
    public Span<object?> Next => _cells.AsSpan(Count * columns, columns);

    public void Begin(long firstRow)
    {
        FirstRow = firstRow;
        Since = Environment.TickCount64;
    }

    public void Commit()
    {
        foreach (object? cell in Next)
        {
            if (cell is string text)
                _characters += text.Length;
            else if (cell is JsonText json)
                _characters += json.Text.Length;
        }
        Count++;
    }

    public ReadOnlySpan<object?> Row(int index) => _cells.AsSpan(index * columns, columns);

    public void Clear()
    {
        Array.Clear(_cells, 0, Count * columns);
        Count = 0;
        _characters = 0;
    }
}
