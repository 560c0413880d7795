using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>sum()</c>; nulls do not count, and a group without values has the sum 0.</summary>
internal sealed class SumAggregate<T> : Aggregate
    where T : struct, System.Numerics.IAdditionOperators<T, T, T>
{
    private readonly Expression _argument;
    private T[] _sums = [];

    public SumAggregate(Expression argument) => _argument = argument;

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _sums, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        T[] values = vector.Values<T>();
        T[] sums = _sums;
        if (vector.Nulls is null)
        {
            for (int i = 0; i < chunk.Count; i++)
                sums[groups[i]] = checked(sums[groups[i]] + values[i]);
            return;
        }

        for (int i = 0; i < chunk.Count; i++)
        {
            if (!vector.IsNull(i)) sums[groups[i]] = checked(sums[groups[i]] + values[i]);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _sums, groupCount);
        return [new Vector<T>(_argument.Type, _sums, groupCount, null)];
    }
}
