using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>sort</c>, and <c>top</c>, which keeps no more rows than it has to. Rows with equal keys keep their order.</summary>
internal sealed class SortOperator : TabularOperator
{
    // To carry more along from chunk to chunk costs more than to sort now and then.
    private const int MaxCarried = 16 * 1024;

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

    public override IEnumerable<RowChunk> Run(CancellationToken cancel) => _limit switch
    {
        <= 0 => [],
        <= MaxCarried => RunTop(cancel),
        _ => RunSort(cancel),
    };

    private IEnumerable<RowChunk> RunTop(CancellationToken cancel)
    {
        var best = new BestRows(_keys, (int)_limit);
        foreach (RowChunk chunk in _input.Run(cancel))
            best.Add(chunk);
        if (best.Take() is { } rows) yield return rows;
    }

    private IEnumerable<RowChunk> RunSort(CancellationToken cancel)
    {
        var pending = new List<RowChunk>();
        long rows = 0;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            if (chunk.Count == 0) continue;
            pending.Add(chunk);
            rows += chunk.Count;
            if (rows < RowChunk.MaxRows * 4L || rows / 2 < _limit) continue;
            pending = [.. Sort(pending, cancel)];
            foreach (RowChunk best in pending)
                _ = best.Columns;
            rows = _limit;
        }

        foreach (RowChunk sorted in Sort(pending, cancel))
            yield return sorted;
    }

    /// <summary>Sorts by the keys alone; the other columns follow chunk by chunk, when somebody reads them.</summary>
    private IEnumerable<RowChunk> Sort(List<RowChunk> chunks, CancellationToken cancel)
    {
        if (chunks.Count == 0) yield break;
        int count = checked((int)chunks.Sum(c => (long)c.Count));
        var order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        Array.Sort(order, new KeyOrder(_keys, Array.ConvertAll(_keys, k => Concatenation.Of([.. chunks.Select(k.Expression.Evaluate)]))));

        int kept = (int)Math.Min(_limit, count);
        for (int start = 0; start < kept; start += RowChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return RowChunk.Gather(chunks, order.AsSpan(start, Math.Min(RowChunk.MaxRows, kept - start)));
        }
    }
}
