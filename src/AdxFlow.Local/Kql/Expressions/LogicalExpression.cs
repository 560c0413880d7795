using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// <c>and</c>, <c>or</c> of three-valued logic: false wins over null in <c>and</c>, true wins over null in <c>or</c>. The
/// right side is computed only for the rows that the left one leaves open.
/// </summary>
internal sealed class LogicalExpression : Expression
{
    private readonly Expression _left;
    private readonly Expression _right;
    private readonly bool _isOr;

    public LogicalExpression(bool isOr, Expression left, Expression right)
        : base(KustoType.Bool)
    {
        _isOr = isOr;
        _left = left;
        _right = right;
    }

    public override bool IsConstant => _left.IsConstant && _right.IsConstant;

    public override Vector Evaluate(RowChunk chunk)
    {
        Vector left = _left.Evaluate(chunk);
        bool[] leftValues = left.Values<bool>();
        bool decisive = _isOr;
        var open = new int[chunk.Count];
        int openCount = 0;
        for (int i = 0; i < chunk.Count; i++)
        {
            if (left.IsNull(i) || leftValues[i] != decisive) open[openCount++] = i;
        }

        if (openCount == 0) return left;
        bool whole = openCount == chunk.Count;
        Vector right = _right.Evaluate(whole ? chunk : chunk.Select(open[..openCount]));
        bool[] rightValues = right.Values<bool>();
        var result = new ResultColumn<bool>(KustoType.Bool, chunk.Count);
        Array.Fill(result.Items, decisive);
        for (int k = 0; k < openCount; k++)
        {
            int row = open[k];
            if (!right.IsNull(k) && rightValues[k] == decisive) continue;
            result.Items[row] = !decisive;
            if (left.IsNull(row) || right.IsNull(k)) result.SetNull(row);
        }

        return result.Build();
    }
}
