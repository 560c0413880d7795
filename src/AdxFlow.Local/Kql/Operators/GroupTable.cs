using System.Runtime.InteropServices;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// Numbers the groups of rows with equal keys. Each key column is numbered by itself; the numbers are then joined pair by
/// pair, so that any number of keys of any types costs one integer look-up a column and row.
/// </summary>
internal sealed class GroupTable
{
    private readonly KeyColumn[] _columns;
    private readonly PairTable[] _pairs;
    private int[] _ids = [];
    private int[] _codes = [];

    public GroupTable(IEnumerable<KustoType> keys)
    {
        _columns = [.. keys.Select(KeyColumn.Create)];
        _pairs = [.. Enumerable.Range(0, Math.Max(0, _columns.Length - 1)).Select(_ => new PairTable())];
    }

    /// <summary>The number of groups; without keys there is always one.</summary>
    public int Count => _columns.Length == 0 ? 1 : _pairs.Length == 0 ? _columns[0].Count : _pairs[^1].Count;

    /// <summary>The group of each row. The array is valid until the next call and may be longer than the rows.</summary>
    public int[] Assign(Vector[] keys, int count)
    {
        if (_ids.Length < count)
        {
            _ids = new int[count];
            _codes = new int[count];
        }

        for (int k = 0; k < keys.Length; k++)
        {
            if (k == 0)
            {
                _columns[0].Encode(keys[0], _ids);
                continue;
            }

            _columns[k].Encode(keys[k], _codes);
            _pairs[k - 1].Join(_ids, _codes, count);
        }

        return _ids;
    }

    /// <summary>The keys of all groups, in the order of their numbers.</summary>
    public Vector[] Keys()
    {
        var keys = new Vector[_columns.Length];
        var ids = new int[Count];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = i;
        for (int k = keys.Length - 1; k >= 0; k--)
        {
            if (k == 0)
            {
                keys[0] = _columns[0].Decode(ids);
                continue;
            }

            (ids, int[] codes) = _pairs[k - 1].Split(ids);
            keys[k] = _columns[k].Decode(codes);
        }

        return keys;
    }

    private sealed class PairTable
    {
        private readonly Dictionary<long, int> _numbers = [];
        private readonly List<(int Id, int Code)> _pairs = [];

        public int Count => _pairs.Count;

        public void Join(int[] ids, int[] codes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, PairKey.Of(ids[i], codes[i]), out bool exists);
                if (!exists)
                {
                    slot = _pairs.Count;
                    _pairs.Add((ids[i], codes[i]));
                }

                ids[i] = slot;
            }
        }

        public (int[] Ids, int[] Codes) Split(int[] numbers) =>
            (Array.ConvertAll(numbers, n => _pairs[n].Id), Array.ConvertAll(numbers, n => _pairs[n].Code));
    }
}
