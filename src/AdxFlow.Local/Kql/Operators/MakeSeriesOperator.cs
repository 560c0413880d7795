using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// The second half of <c>make-series</c>. Its input has a row for each combination of keys and place: the keys, the place (null
/// off the axis), and the value of each series. Arrays are made while they are read, so that gaps cost no memory beyond them.
/// </summary>
internal sealed class MakeSeriesOperator : TabularOperator
{
    private const int MaxCells = 1 << 20;

    private readonly TabularOperator _input;
    private readonly int _keys;
    private readonly SeriesAxis _axis;
    private readonly DynamicValue[] _gaps;
    private readonly bool _nonEmpty;

    /// <param name="input">The summarized rows.</param>
    /// <param name="schema">The keys, the series and the axis.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="gaps">What stands in each series where no row is.</param>
    /// <param name="nonEmpty">True where no rows at all make series of gaps.</param>
    public MakeSeriesOperator(TabularOperator input, IReadOnlyList<Column> schema, int keys, SeriesAxis axis, DynamicValue[] gaps, bool nonEmpty)
        : base(schema)
    {
        _input = input;
        _keys = keys;
        _axis = axis;
        _gaps = gaps;
        _nonEmpty = nonEmpty;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        List<RowChunk> chunks = [.. _input.Run(cancel)];
        if (chunks.Count == 0)
        {
            if (_nonEmpty) yield return Gaps();
            yield break;
        }

        var columns = new Vector[_input.Schema.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Concatenation.Of([.. chunks.Select(c => c[i])]);
        int count = columns[_keys].Count;
        var groups = new GroupTable(_input.Schema.Take(_keys).Select(c => c.Type));
        int[] ids = _keys == 0 ? new int[count] : groups.Assign(columns[.._keys], count);
        List<int>[] members = Members(ids, groups.Count, columns[_keys]);
        Vector[] series = [.. columns.Skip(_keys + 1).Select(c => ConversionKernels.Find(c.Type, KustoType.Dynamic)!([c], c.Count))];

        Vector[] keys = groups.Keys();
        DynamicValue? axis = _axis is { First: { } first, End: { } end } ? _axis.Between(first, end) : null;
        for (int from = 0; from < members.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = new List<DynamicValue[]>();
            for (long cells = 0; from + batch.Count < members.Length && cells < MaxCells && batch.Count < RowChunk.MaxRows;)
            {
                DynamicValue[] row = Build(members[from + batch.Count], columns[_keys].Values<long>(), series, axis, out int length);
                cells += (long)length * (series.Length + 1);
                batch.Add(row);
            }

            int[] numbers = [.. Enumerable.Range(from, batch.Count)];
            yield return new RowChunk([.. keys.Select(k => k.Gather(numbers)), .. Transpose(batch)], batch.Count);
            from += batch.Count;
        }
    }

    private static List<int>[] Members(int[] ids, int count, Vector place)
    {
        var members = new List<int>[count];
        for (int i = 0; i < count; i++)
            members[i] = [];
        for (int row = 0; row < place.Count; row++)
        {
            if (!place.IsNull(row)) members[ids[row]].Add(row);
        }

        return Array.Exists(members, m => m.Count == 0)
            ? throw KqlException.NotSupportedValue("All rows of a series are off the axis of make-series. (Whether the service then has a series of defaults is not documented.) Filter the rows first.")
            : members;
    }

    private static IEnumerable<Vector> Transpose(List<DynamicValue[]> rows) =>
        Enumerable.Range(0, rows[0].Length).Select(i => new Vector<DynamicValue>(KustoType.Dynamic, [.. rows.Select(r => r[i])], rows.Count, null));

    private DynamicValue[] Build(List<int> members, long[] places, Vector[] series, DynamicValue? axis, out int length)
    {
        long first = _axis.First ?? members.Min(row => places[row]);
        long end = _axis.End ?? members.Max(row => places[row]) + 1;
        length = SeriesAxis.CountBetween(first, end);
        var result = new DynamicValue[series.Length + 1];
        for (int i = 0; i < series.Length; i++)
        {
            var values = new DynamicValue[length];
            Array.Fill(values, _gaps[i]);
            foreach (int row in members)
                values[places[row] - first] = series[i].IsNull(row) ? DynamicValue.Null : series[i].Values<DynamicValue>()[row];
            result[i] = DynamicValue.Of(values);
        }

        result[^1] = axis ?? _axis.Between(first, end);
        return result;
    }

    private RowChunk Gaps()
    {
        if (_keys > 0 || _axis.First is not { } first || _axis.End is not { } end)
            throw KqlException.NotSupportedValue("What 'make-series kind=nonempty' gives for no rows is documented without 'by', and with 'from' and 'to', only.");
        DynamicValue axis = _axis.Between(first, end);
        int length = SeriesAxis.CountBetween(first, end);
        return new RowChunk([.. Transpose([[.. _gaps.Select(g => DynamicValue.Of([.. Enumerable.Repeat(g, length)])), axis]])], 1);
    }
}
