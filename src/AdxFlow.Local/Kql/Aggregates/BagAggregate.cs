using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Functions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary><c>make_bag()</c>: the properties of all bags of a group; of a key that comes again, the first value counts.</summary>
internal sealed class BagAggregate : Aggregate
{
    private readonly Expression _argument;
    private readonly long _maxSize;
    private Dictionary<string, DynamicValue>[] _bags = [];
    private bool[] _hasRows = [];

    public BagAggregate(Expression argument, long maxSize)
    {
        _argument = argument;
        _maxSize = maxSize;
    }

    public override void Add(RowChunk chunk, int[] groups, int groupCount)
    {
        Prepare(groupCount);
        Vector vector = _argument.Evaluate(chunk);
        for (int i = 0; i < chunk.Count; i++)
        {
            _hasRows[groups[i]] = true;
            if (vector.IsNull(i) || vector.Values<DynamicValue>()[i].AsObject() is not { } bag) continue;
            Dictionary<string, DynamicValue> all = _bags[groups[i]];
            foreach ((string key, DynamicValue value) in bag)
            {
                if (all.Count < _maxSize) all.TryAdd(key, value);
            }
        }
    }

    // The documented result of no rows is an empty array; that of rows without any bag is not documented.
    public override Vector[] Finish(int groupCount)
    {
        Prepare(groupCount);
        var result = new DynamicValue[groupCount];
        for (int i = 0; i < groupCount; i++)
        {
            if (_hasRows[i] && _bags[i].Count == 0) throw KqlException.NotSupportedValue("The local stand-in does not know what make_bag() makes of rows without any properties.");
            result[i] = _hasRows[i] ? DynamicFunctions.Bounded(DynamicValue.Of(_bags[i])) : DynamicValue.Of((IReadOnlyList<DynamicValue>)[]);
        }

        return [new Vector<DynamicValue>(KustoType.Dynamic, result, groupCount, null)];
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _bags, groupCount, () => new Dictionary<string, DynamicValue>(StringComparer.Ordinal));
        Grow(ref _hasRows, groupCount);
    }
}
