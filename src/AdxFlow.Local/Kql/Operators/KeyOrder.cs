using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>The order of rows by all their keys; those with equal keys stand as they came.</summary>
internal sealed class KeyOrder(OrderKey[] keys, Vector[] values) : IComparer<int>
{
    private readonly RowComparer[] _comparers = [.. values.Select((v, i) => RowComparer.Create(v, keys[i].Descending, keys[i].NullsFirst))];

    public int Compare(int x, int y)
    {
        foreach (RowComparer comparer in _comparers)
        {
            int result = comparer.Compare(x, y);
            if (result != 0) return result;
        }

        return x.CompareTo(y);
    }
}
