using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>
/// Keeps the rows that stand first in an order, of all that come. A row is compared with the last of those that are kept, and
/// mostly with no other; of equal ones the first that came stays.
/// </summary>
internal sealed class BestRows(OrderKey[] keys, int limit)
{
    private RowChunk? _best;
    private Vector[] _bestKeys = [];

    public void Add(RowChunk chunk)
    {
        Vector[] chunkKeys = Array.ConvertAll(keys, k => k.Expression.Evaluate(chunk));
        int kept = _best?.Count ?? 0;
        Vector[] all = kept == 0 ? chunkKeys : [.. chunkKeys.Select((k, i) => Concatenation.Of([_bestKeys[i], k]))];
        var comparer = new KeyOrder(keys, all);

        // The root of the heap is the row that goes next.
        int[] heap = new int[(int)Math.Min(limit, (long)kept + chunk.Count)];
        int count = heap.Length;
        for (int i = 0; i < count; i++)
            heap[i] = i;
        for (int i = (count / 2) - 1; i >= 0; i--)
            Sink(heap, i, comparer);
        bool changed = kept < count;
        for (int row = count; row < kept + chunk.Count; row++)
        {
            if (comparer.Compare(row, heap[0]) >= 0) continue;
            heap[0] = row;
            Sink(heap, 0, comparer);
            changed = true;
        }

        if (!changed) return;
        Array.Sort(heap, comparer);
        _bestKeys = Array.ConvertAll(all, k => k.Gather(heap));
        _best = Merge(kept, chunk, heap);
    }

    /// <summary>The rows in order; null where none came.</summary>
    public RowChunk? Take() => _best;

    /// <summary>Takes the rows over, and nothing of the chunks that they are from.</summary>
    private RowChunk Merge(int kept, RowChunk chunk, int[] rows)
    {
        int[] added = [.. rows.Where(r => r >= kept).Select(r => r - kept)];
        int next = kept;
        int[] order = Array.ConvertAll(rows, r => r < kept ? r : next++);
        Vector Join(Vector? best, Vector of) => (kept == 0 ? of : Concatenation.Of([best!, of])).Gather(order);
        var columns = new Vector[chunk.Width];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Join(_best?[i], chunk[i].Gather(added));

        var merged = new RowChunk(columns, rows.Length);
        return chunk.Extents is { } extents ? merged.Number(((Vector<int>)Join(_best?.Extents, extents.Gather(added))).Items) : merged;
    }

    private static void Sink(int[] heap, int at, KeyOrder comparer)
    {
        int row = heap[at];
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= heap.Length) break;
            if (child + 1 < heap.Length && comparer.Compare(heap[child + 1], heap[child]) > 0) child++;
            if (comparer.Compare(row, heap[child]) >= 0) break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = row;
    }
}
