using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>evaluate pivot()</c>: a row for each combination of keys, with a column for each value of the column that is rotated.</summary>
internal sealed class PivotOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly int _keys;
    private readonly Vector _none;

    /// <param name="input">Rows of keys, value and cell, one of each combination.</param>
    /// <param name="schema">The keys, and a column for each value that is shown.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="none">The cell of a combination that has no row.</param>
    public PivotOperator(TabularOperator input, IReadOnlyList<Column> schema, int keys, Vector none)
        : base(schema)
    {
        _input = input;
        _keys = keys;
        _none = none;
    }

    /// <summary>The name of the column for a value.</summary>
    public static string NameOf(Vector values, int row)
    {
        string? name = values.IsNull(row) ? null : FormattableString.Invariant($"{values.GetValue(row)}");
        return string.IsNullOrEmpty(name)
            ? throw KqlException.NotSupportedValue("The local stand-in does not know the column that pivot() makes of an empty value. Filter the rows first: isnotempty().")
            : name;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = _keys; i < Schema.Count; i++)
            ordinals.Add(Schema[i].Name, i - _keys);
        var groups = new GroupTable(Schema.Take(_keys).Select(c => c.Type));
        var cells = new List<Vector> { _none };
        var places = new List<int[]>();
        int used = 1;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            int[] ids = groups.Assign([.. Enumerable.Range(0, _keys).Select(k => chunk[k])], chunk.Count);
            while (places.Count < groups.Count)
                places.Add(new int[ordinals.Count]);
            for (int row = 0; row < chunk.Count; row++)
            {
                if (ordinals.TryGetValue(NameOf(chunk[_keys], row), out int column)) places[_keys == 0 ? 0 : ids[row]][column] = used + row;
            }

            cells.Add(chunk[_keys + 1].Head(chunk.Count));
            used += chunk.Count;
        }

        if (places.Count == 0) yield break;
        Vector all = Concatenation.Of(cells);
        Vector[] columns = [.. groups.Keys(), .. Enumerable.Range(0, ordinals.Count).Select(c => all.Gather([.. places.Select(p => p[c])]))];
        var whole = new RowChunk(columns, places.Count);
        for (int start = 0; start < whole.Count; start += RowChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return whole.Select([.. Enumerable.Range(start, Math.Min(RowChunk.MaxRows, whole.Count - start))]);
        }
    }
}
