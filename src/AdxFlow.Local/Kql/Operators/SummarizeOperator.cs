using AdxFlow.Local.Kql.Aggregates;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// <c>summarize</c> and <c>distinct</c>: one row per group. Without keys there is one group even for no rows; with keys
/// there is none then. The output columns are the keys and after them those of the aggregates.
/// </summary>
internal sealed class SummarizeOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly Expression[] _keys;
    private readonly Func<Aggregate>[] _aggregates;

    public SummarizeOperator(TabularOperator input, IReadOnlyList<Column> schema, Expression[] keys, Func<Aggregate>[] aggregates)
        : base(schema)
    {
        _input = input;
        _keys = keys;
        _aggregates = aggregates;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        var groups = new GroupTable(_keys.Select(k => k.Type));
        Aggregate[] aggregates = Array.ConvertAll(_aggregates, create => create());
        var oneGroup = new int[RowChunk.MaxRows];
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            if (_keys.Length == 0 && chunk.Count > oneGroup.Length) oneGroup = new int[chunk.Count];
            int[] ids = _keys.Length == 0 ? oneGroup : groups.Assign(Array.ConvertAll(_keys, k => k.Evaluate(chunk)), chunk.Count);
            foreach (Aggregate aggregate in aggregates)
            {
                try
                {
                    aggregate.Add(chunk, ids, groups.Count);
                }
                catch (OverflowException)
                {
                    throw KqlException.NotSupportedValue("An aggregate left the range of its type. (What the service would answer then is not documented.)");
                }
            }
        }

        int count = groups.Count;
        if (count == 0) yield break;
        var columns = new List<Vector>(groups.Keys());
        foreach (Aggregate aggregate in aggregates)
            columns.AddRange(aggregate.Finish(count));
        var result = new RowChunk(columns, count);
        for (int start = 0; start < count; start += RowChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            int rows = Math.Min(RowChunk.MaxRows, count - start);
            yield return rows == count ? result : result.Select([.. Enumerable.Range(start, rows)]);
        }
    }
}
