using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary>The <c>…if()</c> form of an aggregate: only rows for which the predicate is true count.</summary>
internal sealed class FilteredAggregate : Aggregate
{
    private readonly Expression _predicate;
    private readonly Aggregate _inner;

    public FilteredAggregate(Expression predicate, Aggregate inner)
    {
        _predicate = predicate;
        _inner = inner;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        RowChunk kept = FilterOperator.Apply(chunk, _predicate, out int[]? selection);
        if (kept.Count == 0) return;
        _inner.Add(kept, selection is null ? groups : Array.ConvertAll(selection, row => groups[row]), groupCount);
    }

    public override Vector[] Finish(int groupCount) => _inner.Finish(groupCount);
}
