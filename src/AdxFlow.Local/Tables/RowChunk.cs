namespace AdxFlow.Local.Tables;

/// <summary>
/// Up to <see cref="MaxRows"/> rows, column by column. A chunk that <see cref="Select"/>s rows of another gathers a
/// column only when it is asked for, so that a filter costs nothing for the columns nobody reads.
/// </summary>
internal sealed class RowChunk
{
    /// <summary>The largest number of rows in a chunk.</summary>
    public const int MaxRows = 65536;

    private readonly RowChunk? _source;
    private readonly RowSources? _sources;
    private readonly int[]? _selection;
    private readonly Vector?[] _columns;
    private Vector<int>? _extents;

    public RowChunk(IReadOnlyList<Vector> columns, int count)
    {
        _columns = [.. columns];
        Count = count;
    }

    private RowChunk(RowChunk source, int[]? selection, int count)
    {
        _source = source;
        _selection = selection;
        _columns = new Vector?[source._columns.Length];
        Count = count;
    }

    private RowChunk(RowSources sources, int width)
    {
        _sources = sources;
        _columns = new Vector?[width];
        Count = sources.Count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of columns.</summary>
    public int Width => _columns.Length;

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<Vector> Columns
    {
        get
        {
            for (int i = 0; i < _columns.Length; i++)
                _ = this[i];
            return _columns!;
        }
    }

    /// <summary>For each row the number of its extent in a list that the query knows; null where nobody asks for it.</summary>
    public Vector<int>? Extents => _extents ??= GatherExtents();

    public Vector this[int column] => _columns[column] ??= Materialize(column);

    /// <summary>Chosen rows of several chunks, in the given order.</summary>
    /// <param name="chunks">The chunks, at least one, none of them empty.</param>
    /// <param name="rows">The rows, numbered through all chunks.</param>
    public static RowChunk Gather(IReadOnlyList<RowChunk> chunks, ReadOnlySpan<int> rows) =>
        chunks.Count == 1 ? chunks[0].Select(rows.ToArray()) : new(new RowSources(chunks, rows), chunks[0].Width);

    /// <summary>The chosen rows of this chunk, in the given order; the array is kept.</summary>
    public RowChunk Select(int[] rows) => new(this, rows, rows.Length);

    /// <summary>The first <paramref name="count"/> rows.</summary>
    public RowChunk Head(int count) => count >= Count ? this : new(this, null, count);

    /// <summary>The same rows with other columns.</summary>
    public RowChunk With(IReadOnlyList<Vector> columns) => new(columns, Count) { _extents = Extents };

    /// <summary>The same rows, which know their extents.</summary>
    public RowChunk Number(int[] extents) => new(Columns, Count) { _extents = new Vector<int>(KustoType.Int, extents, Count, null) };

    private Vector<int>? GatherExtents()
    {
        if (_sources is not null) return _sources.GatherExtents();
        if (_source?.Extents is not { } source) return null;
        return (Vector<int>)(_selection is null ? source.Head(Count) : source.Gather(_selection));
    }

    private Vector Materialize(int column)
    {
        if (_sources is not null) return _sources.Gather(column);
        Vector source = _source![column];
        return _selection is null ? source.Head(Count) : source.Gather(_selection);
    }
}
