using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// <c>join</c> and <c>lookup</c>: the right side is kept and found by a hash of its keys, the left side streams by. Pairs come
/// in the order of the left side, and of the right side within.
/// </summary>
internal sealed class JoinOperator : TabularOperator
{
    private readonly JoinKind _kind;
    private readonly TabularOperator _left;
    private readonly TabularOperator _right;
    private readonly Expression[] _leftKeys;
    private readonly Expression[] _rightKeys;
    private readonly int[] _rightColumns;

    public JoinOperator(
        IReadOnlyList<Column> schema, JoinKind kind, TabularOperator left, TabularOperator right, Expression[] leftKeys, Expression[] rightKeys, int[] rightColumns)
        : base(schema)
    {
        _kind = kind;
        _left = left;
        _right = right;
        _leftKeys = leftKeys;
        _rightKeys = rightKeys;
        _rightColumns = rightColumns;
    }

    private bool KeepsLeft => _kind is JoinKind.LeftOuter or JoinKind.FullOuter;

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var table = new JoinTable(ReadRight(cancel), _rightKeys);
        var matched = new bool[table.Count];
        var seen = new HashSet<int>();
        foreach (RowChunk chunk in _left.Run(cancel))
        {
            int[] keys = table.Find(Array.ConvertAll(_leftKeys, k => k.Evaluate(chunk)), chunk.Count);
            if (_kind is JoinKind.LeftSemi or JoinKind.LeftAnti)
            {
                int[] rows = [.. Enumerable.Range(0, chunk.Count).Where(row => table.First(keys[row]) >= 0 == (_kind == JoinKind.LeftSemi))];
                if (rows.Length > 0) yield return chunk.Select(rows);
                continue;
            }

            if (_kind is JoinKind.RightSemi or JoinKind.RightAnti)
            {
                for (int row = 0; row < chunk.Count; row++)
                    Mark(table, keys[row], matched);
                continue;
            }

            foreach (RowChunk pairs in Pair(chunk, keys, table, matched, seen))
            {
                cancel.ThrowIfCancellationRequested();
                yield return pairs;
            }
        }

        if (_kind is not (JoinKind.RightOuter or JoinKind.FullOuter or JoinKind.RightSemi or JoinKind.RightAnti)) yield break;
        foreach (int[] rows in Enumerable.Range(0, table.Count).Where(row => matched[row] == (_kind == JoinKind.RightSemi)).Chunk(RowChunk.MaxRows))
        {
            cancel.ThrowIfCancellationRequested();
            RowChunk rest = table.Rows.Select(rows);
            yield return _kind is JoinKind.RightSemi or JoinKind.RightAnti
                ? rest
                : new RowChunk([.. _left.Schema.Select(c => Vector.CreateNull(c.Type, rows.Length)), .. _rightColumns.Select(i => rest[i])], rows.Length);
        }
    }

    private static void Mark(JoinTable table, int key, bool[] matched)
    {
        int first = table.First(key);
        if (first < 0 || matched[first]) return;
        for (int row = first; row >= 0; row = table.Next(row))
            matched[row] = true;
    }

    // One key with many rows on both sides makes more pairs than fit a chunk.
    private IEnumerable<RowChunk> Pair(RowChunk chunk, int[] keys, JoinTable table, bool[] matched, HashSet<int> seen)
    {
        var left = new List<int>();
        var right = new List<int>();
        for (int row = 0; row < chunk.Count; row++)
        {
            int match = table.First(keys[row]);
            if (match < 0)
            {
                if (!KeepsLeft) continue;
                left.Add(row);
                right.Add(table.Count);
            }
            else if (_kind == JoinKind.InnerUnique && !seen.Add(keys[row]))
            {
                continue;
            }

            for (; match >= 0; match = table.Next(match))
            {
                matched[match] = true;
                left.Add(row);
                right.Add(match);
                if (left.Count < RowChunk.MaxRows) continue;
                yield return Gather(chunk, table, left, right);
                left.Clear();
                right.Clear();
            }
        }

        if (left.Count > 0) yield return Gather(chunk, table, left, right);
    }

    private RowChunk Gather(RowChunk chunk, JoinTable table, List<int> left, List<int> right)
    {
        RowChunk ofLeft = chunk.Select([.. left]);
        RowChunk ofRight = table.Rows.Select([.. right]);
        return new RowChunk([.. ofLeft.Columns, .. _rightColumns.Select(i => ofRight[i])], left.Count);
    }

    private RowChunk ReadRight(CancellationToken cancel)
    {
        List<RowChunk> chunks = [.. _right.Run(cancel)];
        int count = checked((int)chunks.Sum(c => (long)c.Count) + 1);
        var columns = new Vector[_right.Schema.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Concatenation.Of([.. chunks.Select(c => c[i]), Vector.CreateNull(_right.Schema[i].Type, 1)]);
        return new RowChunk(columns, count);
    }
}
