using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// The right side of a join in memory: its rows, found by the number of their key. A null is equal to nothing, and whether
/// two nulls find each other is not documented: where it would matter the query fails.
/// </summary>
internal sealed class JoinTable
{
    private const int None = -1;

    private readonly GroupTable _keys;
    private readonly bool[] _hasNull;
    private readonly List<int> _first = [];
    private readonly List<int> _last = [];
    private readonly int[] _next;

    /// <param name="rows">The rows, and behind them one in which all is null.</param>
    /// <param name="keys">The keys of the right side.</param>
    public JoinTable(RowChunk rows, Expression[] keys)
    {
        Rows = rows;
        Count = rows.Count - 1;
        _keys = new GroupTable(keys.Select(k => k.Type));
        _hasNull = new bool[keys.Length];
        _next = new int[Count];
        RowChunk real = rows.Head(Count);
        Vector[] vectors = Array.ConvertAll(keys, k => k.Evaluate(real));
        int[] groups = _keys.Assign(vectors, Count);
        for (int row = 0; row < Count; row++)
        {
            _next[row] = None;
            if (HasNull(vectors, row, note: true)) continue;
            while (_first.Count <= groups[row])
            {
                _first.Add(None);
                _last.Add(None);
            }

            int last = _last[groups[row]];
            if (last == None)
                _first[groups[row]] = row;
            else
                _next[last] = row;
            _last[groups[row]] = row;
        }
    }

    public RowChunk Rows { get; }

    /// <summary>The number of rows; the row of this number is the null one.</summary>
    public int Count { get; }

    /// <summary>The number of the key of each row of the left side, or -1 for one with a null in it.</summary>
    /// <exception cref="KqlException">There are nulls on both sides.</exception>
    public int[] Find(Vector[] keys, int count)
    {
        int[] groups = _keys.Assign(keys, count);
        for (int row = 0; row < count; row++)
        {
            if (HasNull(keys, row, note: false)) groups[row] = None;
        }

        return groups;
    }

    /// <summary>The first row of a key, or -1.</summary>
    public int First(int key) => key >= 0 && key < _first.Count ? _first[key] : None;

    /// <summary>The next row of the same key, or -1.</summary>
    public int Next(int row) => _next[row];

    private bool HasNull(Vector[] keys, int row, bool note)
    {
        bool found = false;
        for (int k = 0; k < keys.Length; k++)
        {
            if (!keys[k].IsNull(row) && !(keys[k].Type == KustoType.Real && double.IsNaN(keys[k].Values<double>()[row]))) continue;
            found = true;
            if (note)
                _hasNull[k] = true;
            else if (_hasNull[k])
                throw KqlException.NotSupportedValue("Both sides of a join have null (or NaN) as a key, and whether these match is not documented. Filter one side with isnotnull().");
        }

        return found;
    }
}
