using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>take</c>: the first rows that come, after which the input is not asked for more.</summary>
internal sealed class TakeOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly long _rows;

    public TakeOperator(TabularOperator input, long rows)
        : base(input.Schema)
    {
        _input = input;
        _rows = rows;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        long left = _rows;
        if (left <= 0) yield break;
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            RowChunk head = chunk.Head((int)Math.Min(left, chunk.Count));
            left -= head.Count;
            yield return head;
            if (left == 0) yield break;
        }
    }
}
