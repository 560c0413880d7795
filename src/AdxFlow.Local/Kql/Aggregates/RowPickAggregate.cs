using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary>
/// Picks one row of each group and returns expressions over it: <c>arg_max()</c>, <c>arg_min()</c> and <c>take_any()</c>. A
/// row whose deciding value is null is picked only where there is no other.
/// </summary>
/// <typeparam name="T">The storage of the deciding value.</typeparam>
internal sealed class RowPickAggregate<T> : Aggregate
{
    private readonly Expression _decider;
    private readonly Expression[] _returned;
    private readonly int _sign;
    private T[] _best = [];
    private bool[] _hasValue = [];
    private Vector[]?[] _sources = [];
    private int[] _rows = [];

    /// <param name="decider">The expression whose value decides; the first output.</param>
    /// <param name="returned">The other outputs.</param>
    /// <param name="sign">1 for the greatest, -1 for the least, 0 for the first that is not null.</param>
    public RowPickAggregate(Expression decider, Expression[] returned, int sign)
    {
        _decider = decider;
        _returned = returned;
        _sign = sign;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _best, groupCount);
        Grow(ref _hasValue, groupCount);
        Grow(ref _sources, groupCount);
        Grow(ref _rows, groupCount);
        Vector decider = _decider.Evaluate(chunk);
        T[] values = decider.Values<T>();
        Vector[]? source = null;
        for (int i = 0; i < chunk.Count; i++)
        {
            int group = groups[i];
            bool isNull = IsMissing(decider, i);
            if (_sources[group] is not null && (isNull || (_hasValue[group] && (_sign == 0 || ValueOrder.Compare(values[i], _best[group]) * _sign <= 0))))
                continue;
            source ??= [decider, .. _returned.Select(r => r.Evaluate(chunk))];
            _sources[group] = source;
            _rows[group] = i;
            _best[group] = values[i];
            _hasValue[group] = !isNull;
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _sources, groupCount);
        Grow(ref _rows, groupCount);
        KustoType[] types = [_decider.Type, .. _returned.Select(r => r.Type)];
        var result = new Vector[types.Length];
        for (int column = 0; column < types.Length; column++)
        {
            ColumnBuilder builder = ColumnBuilder.Create(types[column]);
            for (int group = 0; group < groupCount; group++)
            {
                if (_sources[group] is { } source)
                    builder.AppendFrom(source[column], _rows[group]);
                else
                    builder.AppendNull();
            }

            result[column] = builder.Build();
        }

        return result;
    }

    // take_any() of one column looks for text that is not empty, too.
    private bool IsMissing(Vector vector, int row) =>
        vector.IsNull(row) || (_sign == 0 && vector.Type == KustoType.String && vector.Values<string>()[row].Length == 0);
}
