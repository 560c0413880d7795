using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>variance()</c>, <c>stdev()</c> of a sample, and <c>variancep()</c>, <c>stdevp()</c> of a population, by Welford's method.</summary>
internal sealed class VarianceAggregate : Aggregate
{
    private readonly Expression _argument;
    private readonly bool _population;
    private readonly bool _root;
    private (long Count, double Mean, double Squares)[] _state = [];

    /// <param name="argument">A real.</param>
    /// <param name="population">Divides by n instead of n - 1.</param>
    /// <param name="root">Gives the deviation instead of the variance.</param>
    public VarianceAggregate(Expression argument, bool population, bool root)
    {
        _argument = argument;
        _population = population;
        _root = root;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _state, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        double[] values = vector.Values<double>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (vector.IsNull(i)) continue;
            ref (long Count, double Mean, double Squares) state = ref _state[groups[i]];
            state.Count++;
            double delta = values[i] - state.Mean;
            state.Mean += delta / state.Count;
            state.Squares += delta * (values[i] - state.Mean);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _state, groupCount);
        var result = new double[groupCount];
        for (int i = 0; i < groupCount; i++)
        {
            long divisor = _population ? _state[i].Count : _state[i].Count - 1;
            double variance = divisor > 0 ? _state[i].Squares / divisor : 0;
            result[i] = _root ? Math.Sqrt(variance) : variance;
        }

        return [new Vector<double>(KustoType.Real, result, groupCount, null)];
    }
}
