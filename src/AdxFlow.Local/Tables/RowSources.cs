namespace AdxFlow.Local.Tables;

/// <summary>Rows of several chunks.</summary>
internal sealed class RowSources
{
    private readonly IReadOnlyList<RowChunk> _chunks;
    private readonly int[] _parts;
    private readonly int[] _rows;

    /// <param name="chunks">The chunks.</param>
    /// <param name="rows">The rows, numbered through all chunks.</param>
    public RowSources(IReadOnlyList<RowChunk> chunks, ReadOnlySpan<int> rows)
    {
        _chunks = chunks;
        _parts = new int[rows.Length];
        _rows = new int[rows.Length];
        int[] starts = new int[chunks.Count];
        for (int i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + chunks[i - 1].Count;
        for (int i = 0; i < rows.Length; i++)
        {
            int part = Array.BinarySearch(starts, rows[i]);
            _parts[i] = part < 0 ? ~part - 1 : part;
            _rows[i] = rows[i] - starts[_parts[i]];
        }
    }

    public int Count => _rows.Length;

    public Vector Gather(int column)
    {
        Vector[] parts = [.. _chunks.Select(c => c[column])];
        return parts[0] switch
        {
            Vector<bool> => Gather<bool>(parts),
            Vector<int> => Gather<int>(parts),
            Vector<long> => Gather<long>(parts),
            Vector<double> => Gather<double>(parts),
            Vector<string> => GatherTexts(parts),
            _ => GatherAny(parts),
        };
    }

    /// <summary>The extents of the rows; null where the chunks do not know them.</summary>
    public Vector<int>? GatherExtents() => _chunks[0].Extents is null ? null : Gather<int>([.. _chunks.Select(c => c.Extents!)]);

    private Vector<T> Gather<T>(Vector[] parts)
    {
        T[][] values = Array.ConvertAll(parts, p => p.Values<T>());
        var items = new T[Count];
        ulong[]? nulls = null;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = values[_parts[i]][_rows[i]];
            if (parts[_parts[i]].IsNull(_rows[i])) NullMask.Set(ref nulls, i, items.Length);
        }

        return new Vector<T>(parts[0].Type, items, items.Length, nulls);
    }

    /// <summary>Texts that are strings stay the strings that they are.</summary>
    private Vector GatherTexts(Vector[] parts) => Array.Exists(parts, p => p is TextVector) ? GatherAny(parts) : Gather<string>(parts);

    private Vector GatherAny(Vector[] parts)
    {
        ColumnBuilder builder = ColumnBuilder.Create(parts[0].Type);
        for (int i = 0; i < Count; i++)
            builder.AppendFrom(parts[_parts[i]], _rows[i]);
        return builder.Build();
    }
}
