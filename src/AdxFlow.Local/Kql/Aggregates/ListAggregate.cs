using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Functions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>make_list()</c> and <c>make_set()</c>: the values of a group as an array; nulls do not count but for <c>make_list_with_nulls()</c>.</summary>
internal sealed class ListAggregate : Aggregate
{
    private readonly Expression _argument;
    private readonly Expression _asDynamic;
    private readonly DistinctValues? _distinct;
    private readonly long _maxSize;
    private readonly bool _keepsNulls;
    private List<DynamicValue>[] _lists = [];

    public ListAggregate(Expression argument, bool distinct, long maxSize, bool keepsNulls = false)
    {
        _argument = argument;
        _asDynamic = Conversion.To(argument, KustoType.Dynamic)!;
        _distinct = distinct ? new DistinctValues(argument.Type) : null;
        _maxSize = maxSize;
        _keepsNulls = keepsNulls;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Grow(ref _lists, groupCount, () => []);
        Vector vector = _asDynamic.Evaluate(chunk);
        DynamicValue[] values = vector.Values<DynamicValue>();
        if (_distinct is not null)
        {
            _distinct.Add(_argument.Evaluate(chunk), groups, (row, group) => Append(group, values[row]));
            return;
        }

        for (int i = 0; i < chunk.Count; i++)
        {
            if (_keepsNulls || !vector.IsNull(i)) Append(groups[i], vector.IsNull(i) ? DynamicValue.Null : values[i]);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Grow(ref _lists, groupCount, () => []);
        if (_keepsNulls && _lists.Take(groupCount).Any(l => l.Count == 0)) throw KqlException.NotSupportedValue("The local stand-in does not know what make_list_with_nulls() makes of no rows.");
        return [new Vector<DynamicValue>(KustoType.Dynamic, [.. _lists.Take(groupCount).Select(l => DynamicFunctions.Bounded(DynamicValue.Of(l)))], groupCount, null)];
    }

    private void Append(int group, DynamicValue value)
    {
        if (_lists[group].Count < _maxSize) _lists[group].Add(value);
    }
}
