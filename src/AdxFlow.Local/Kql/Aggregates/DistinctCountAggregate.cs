using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>dcount()</c> and <c>count_distinct()</c>; exact, where the service estimates the former.</summary>
internal sealed class DistinctCountAggregate : Aggregate
{
    private readonly Expression _argument;
    private readonly DistinctValues _values;
    private long[] _counts = [];

    public DistinctCountAggregate(Expression argument)
    {
        _argument = argument;
        _values = new DistinctValues(argument.Type);
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _counts, groupCount);
        _values.Add(_argument.Evaluate(chunk), groups, (_, group) => _counts[group]++);
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _counts, groupCount);
        return [new Vector<long>(KustoType.Long, _counts, groupCount, null)];
    }
}
