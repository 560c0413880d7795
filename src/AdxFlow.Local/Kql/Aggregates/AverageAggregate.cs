using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>avg()</c>; nulls do not count, and a group without values has no average (null).</summary>
/// <typeparam name="T">The storage of argument and result.</typeparam>
/// <typeparam name="TSum">What the sum is kept in: wide enough not to overflow.</typeparam>
internal sealed class AverageAggregate<T, TSum> : Aggregate
    where T : struct, System.Numerics.INumber<T>
    where TSum : struct, System.Numerics.INumber<TSum>
{
    private readonly Expression _argument;
    private TSum[] _sums = [];
    private long[] _counts = [];

    public AverageAggregate(Expression argument) => _argument = argument;

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _sums, groupCount);
        Grow(ref _counts, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        T[] values = vector.Values<T>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (vector.IsNull(i)) continue;
            _sums[groups[i]] += TSum.CreateChecked(values[i]);
            _counts[groups[i]]++;
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _sums, groupCount);
        Grow(ref _counts, groupCount);
        var result = new ResultColumn<T>(_argument.Type, groupCount);
        for (int i = 0; i < groupCount; i++)
        {
            if (_counts[i] == 0)
                result.SetNull(i);
            else
                result.Items[i] = T.CreateChecked(_sums[i] / TSum.CreateChecked(_counts[i]));
        }

        return [result.Build()];
    }
}
