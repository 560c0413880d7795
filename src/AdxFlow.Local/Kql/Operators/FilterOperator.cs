using System.Buffers;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>where</c>: keeps the rows for which the predicate is true, so neither false nor null.</summary>
internal sealed class FilterOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly Expression _predicate;

    public FilterOperator(TabularOperator input, Expression predicate)
        : base(input.Schema)
    {
        _input = input;
        _predicate = predicate;
    }

    /// <summary>The rows of a chunk for which the predicate is true.</summary>
    public static RowChunk Apply(RowChunk chunk, Expression predicate, out int[]? selection)
    {
        Vector result = predicate.Evaluate(chunk);
        bool[] values = result.Values<bool>();
        int[] rows = ArrayPool<int>.Shared.Rent(chunk.Count);
        int kept = 0;
        if (result.Nulls is null)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                rows[kept] = i;
                kept += values[i] ? 1 : 0;
            }
        }
        else
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                if (values[i] && !result.IsNull(i)) rows[kept++] = i;
            }
        }

        selection = kept == chunk.Count ? null : rows[..kept];
        ArrayPool<int>.Shared.Return(rows);
        return selection is null ? chunk : chunk.Select(selection);
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            RowChunk kept = Apply(chunk, _predicate, out _);
            if (kept.Count > 0) yield return kept;
        }
    }
}
