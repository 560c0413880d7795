using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Aggregates;

/// <summary>Tells which rows bring a value that their group did not have yet. Nulls are no values.</summary>
internal sealed class DistinctValues
{
    private readonly KeyColumn _values;
    private readonly HashSet<long> _seen = [];
    private int[] _codes = [];

    public DistinctValues(KustoType type) => _values = KeyColumn.Create(type);

    /// <summary>Calls back with the row and the group for each new value.</summary>
    public void Add(Vector vector, int[] groups, Action<int, int> onNew)
    {
        if (_codes.Length < vector.Count) _codes = new int[vector.Count];
        _values.Encode(vector, _codes);
        for (int i = 0; i < vector.Count; i++)
        {
            if (!vector.IsNull(i) && _seen.Add(PairKey.Of(groups[i], _codes[i]))) onNew(i, groups[i]);
        }
    }
}
