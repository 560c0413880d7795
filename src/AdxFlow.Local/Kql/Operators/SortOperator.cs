using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>sort</c>, and <c>top</c>, which keeps no more rows than it has to. Rows with equal keys keep their order.</summary>
internal sealed class SortOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly OrderKey[] _keys;
    private readonly long _limit;

    /// <param name="input">The rows to sort.</param>
    /// <param name="keys">The keys, the most important first.</param>
    /// <param name="limit">How many rows to keep; <see cref="long.MaxValue"/> for all.</param>
    public SortOperator(TabularOperator input, OrderKey[] keys, long limit = long.MaxValue)
        : base(input.Schema)
    {
        _input = input;
        _keys = keys;
        _limit = limit;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        if (_limit <= 0) yield break;
        var pending = new List<RowChunk>();
        long rows = 0;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            pending.Add(chunk);
            rows += chunk.Count;
            if (rows < RowChunk.MaxRows * 4L || rows / 2 < _limit) continue;
            RowChunk best = Sort(pending);
            pending = [best];
            rows = best.Count;
        }

        if (pending.Count == 0) yield break;
        RowChunk sorted = Sort(pending);
        for (int start = 0; start < sorted.Count; start += RowChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(RowChunk.MaxRows, sorted.Count - start);
            yield return count == sorted.Count ? sorted : sorted.Select([.. Enumerable.Range(start, count)]);
        }
    }

    private RowChunk Sort(List<RowChunk> chunks)
    {
        int count = checked((int)chunks.Sum(c => (long)c.Count));
        var columns = new Vector[Schema.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Concatenation.Of([.. chunks.Select(c => c[i])]);
        var all = new RowChunk(columns, count);

        RowComparer[] comparers = Array.ConvertAll(_keys, k => RowComparer.Create(k.Expression.Evaluate(all), k.Descending, k.NullsFirst));
        var order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        Array.Sort(order, (a, b) =>
        {
            foreach (RowComparer comparer in comparers)
            {
                int result = comparer.Compare(a, b);
                if (result != 0) return result;
            }

            return a.CompareTo(b);
        });
        return all.Select(_limit < count ? order[..(int)_limit] : order);
    }
}
