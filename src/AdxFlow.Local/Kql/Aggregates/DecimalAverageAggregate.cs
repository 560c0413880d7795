using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>avg()</c> of decimals; nulls do not count, and a group without values has no average (null).</summary>
internal sealed class DecimalAverageAggregate : Aggregate
{
    private readonly Expression _argument;
    private KustoDecimal[] _sums = [];
    private long[] _counts = [];

    public DecimalAverageAggregate(Expression argument) => _argument = argument;

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _sums, groupCount);
        Grow(ref _counts, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        KustoDecimal[] values = vector.Values<KustoDecimal>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (vector.IsNull(i)) continue;
            _sums[groups[i]] += values[i];
            _counts[groups[i]]++;
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _sums, groupCount);
        Grow(ref _counts, groupCount);
        var result = new ResultColumn<KustoDecimal>(_argument.Type, groupCount);
        for (int i = 0; i < groupCount; i++)
        {
            if (_counts[i] == 0)
                result.SetNull(i);
            else
                result.Items[i] = _sums[i] / _counts[i];
        }

        return [result.Build()];
    }
}
