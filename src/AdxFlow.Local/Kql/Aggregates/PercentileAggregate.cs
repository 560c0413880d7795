using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>percentile()</c> and <c>percentiles()</c> by nearest rank; exact, where the service estimates.</summary>
internal sealed class PercentileAggregate<T> : Aggregate
{
    private readonly Expression _argument;
    private readonly double[] _percentiles;
    private List<T>[] _values = [];

    public PercentileAggregate(Expression argument, double[] percentiles)
    {
        _argument = argument;
        _percentiles = percentiles;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _values, groupCount, () => []);
        Vector vector = _argument.Evaluate(chunk);
        T[] values = vector.Values<T>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (!vector.IsNull(i)) _values[groups[i]].Add(values[i]);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _values, groupCount, () => []);
        for (int group = 0; group < groupCount; group++)
            _values[group].Sort(ValueOrder.Compare);
        return Array.ConvertAll(_percentiles, percentile =>
        {
            var result = new ResultColumn<T>(_argument.Type, groupCount);
            for (int group = 0; group < groupCount; group++)
            {
                List<T> sorted = _values[group];
                if (sorted.Count == 0)
                    result.SetNull(group);
                else
                    result.Items[group] = sorted[Math.Clamp((int)Math.Ceiling(percentile / 100 * sorted.Count) - 1, 0, sorted.Count - 1)];
            }

            return result.Build();
        });
    }
}
