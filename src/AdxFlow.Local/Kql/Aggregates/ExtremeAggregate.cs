using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>min()</c> and <c>max()</c>; nulls do not count, and a group without values has none (null).</summary>
internal sealed class ExtremeAggregate<T> : Aggregate
{
    private readonly Expression _argument;
    private readonly bool _greatest;
    private T[] _best = [];
    private bool[] _found = [];

    public ExtremeAggregate(Expression argument, bool greatest)
    {
        _argument = argument;
        _greatest = greatest;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _best, groupCount);
        Grow(ref _found, groupCount);
        Vector vector = _argument.Evaluate(chunk);
        T[] values = vector.Values<T>();
        for (int i = 0; i < chunk.Count; i++)
        {
            if (vector.IsNull(i)) continue;
            int group = groups[i];
            if (_found[group])
            {
                int order = ValueOrder.Compare(values[i], _best[group]);
                if (_greatest ? order <= 0 : order >= 0) continue;
            }

            _found[group] = true;
            _best[group] = values[i];
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _best, groupCount);
        Grow(ref _found, groupCount);
        var result = new ResultColumn<T>(_argument.Type, groupCount);
        for (int i = 0; i < groupCount; i++)
        {
            if (_found[i])
                result.Items[i] = _best[i];
            else
                result.SetNull(i);
        }

        return [result.Build()];
    }
}
