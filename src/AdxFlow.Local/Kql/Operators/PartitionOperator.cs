using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>partition</c>: a subquery for the rows of each key, in the order in which the keys come.</summary>
internal sealed class PartitionOperator : TabularOperator
{
    // Results of partitions that wait to be joined to a chunk.
    private const int MaxParts = 4096;

    private readonly TabularOperator _input;
    private readonly int _key;
    private readonly ReplaySource _partition;
    private readonly TabularOperator _result;
    private readonly int _limit;

    /// <param name="input">The rows.</param>
    /// <param name="key">The column of the key.</param>
    /// <param name="partition">Where the rows of a partition go.</param>
    /// <param name="result">The subquery.</param>
    /// <param name="limit">The most partitions.</param>
    public PartitionOperator(TabularOperator input, int key, ReplaySource partition, TabularOperator result, int limit)
        : base(result.Schema)
    {
        _input = input;
        _key = key;
        _partition = partition;
        _result = result;
        _limit = limit;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        EnsureStack();
        List<RowChunk> chunks = [.. _input.Run(cancel)];
        var results = new List<RowChunk>();
        long rows = 0;
        foreach (IReadOnlyList<RowChunk> partition in Split(chunks))
        {
            cancel.ThrowIfCancellationRequested();
            _partition.Begin(partition);
            foreach (RowChunk part in _result.Run(cancel))
            {
                if (part.Count == 0) continue;
                results.Add(part);
                rows += part.Count;
            }

            if (results.Count < MaxParts && rows < RowChunk.MaxRows) continue;
            foreach (RowChunk joined in Join(results))
                yield return joined;
            results = [];
            rows = 0;
        }

        foreach (RowChunk joined in Join(results))
            yield return joined;
    }

    private static IEnumerable<RowChunk> Join(List<RowChunk> parts)
    {
        for (int from = 0; from < parts.Count;)
        {
            int end = from + 1;
            for (long rows = parts[from].Count; end < parts.Count && rows + parts[end].Count <= RowChunk.MaxRows; end++)
                rows += parts[end].Count;
            List<RowChunk> together = parts[from..end];
            from = end;
            yield return together.Count == 1
                ? together[0]
                : new RowChunk([.. Enumerable.Range(0, together[0].Width).Select(i => Concatenation.Of([.. together.Select(c => c[i])]))], together.Sum(c => c.Count));
        }
    }

    private IEnumerable<IReadOnlyList<RowChunk>> Split(List<RowChunk> chunks)
    {
        var keys = new GroupTable([_input.Schema[_key].Type]);
        var places = new List<List<(int Chunk, int Row)>>();
        for (int c = 0; c < chunks.Count; c++)
        {
            Vector column = chunks[c][_key];
            int[] numbers = keys.Assign([column], chunks[c].Count);
            if (keys.Count > _limit) throw KqlException.Runtime($"partition: the column '{_input.Schema[_key].Name}' has more than {_limit} values, the limit of the legacy strategy. Use hint.strategy=native.");
            while (places.Count < keys.Count)
                places.Add([]);
            for (int row = 0; row < chunks[c].Count; row++)
            {
                if (column.IsNull(row)) throw KqlException.NotSupportedValue("The local stand-in does not know whether partition has one for null. Filter the rows first.");
                places[numbers[row]].Add((c, row));
            }
        }

        foreach (List<(int Chunk, int Row)> rows in places)
            yield return [.. rows.GroupBy(r => r.Chunk).Select(g => chunks[g.Key].Select([.. g.Select(r => r.Row)]))];
    }
}
