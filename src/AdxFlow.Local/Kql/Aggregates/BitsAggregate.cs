using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>binary_all_and()</c> and its kin; nulls do not count, and a group without values has none (null).</summary>
internal sealed class BitsAggregate : Aggregate
{
    private readonly Expression _argument;
    private readonly Func<long, long, long> _operation;
    private long?[] _bits = [];

    public BitsAggregate(Expression argument, Func<long, long, long> operation)
    {
        _argument = argument;
        _operation = operation;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _bits, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        long[] values = vector.Values<long>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (!vector.IsNull(i)) _bits[groups[i]] = _bits[groups[i]] is { } bits ? _operation(bits, values[i]) : values[i];
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _bits, groupCount);
        var result = new ResultColumn<long>(KustoType.Long, groupCount);
        for (int i = 0; i < groupCount; i++)
        {
            if (_bits[i] is { } bits)
                result.Items[i] = bits;
            else
                result.SetNull(i);
        }

        return [result.Build()];
    }
}
