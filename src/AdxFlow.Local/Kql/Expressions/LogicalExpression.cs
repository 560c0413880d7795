using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// <c>and</c>, <c>or</c> of three-valued logic, of any number of operands: false wins over null in <c>and</c>, true wins over
/// null in <c>or</c>. An operand is computed only for the rows that those before it leave open.
/// </summary>
internal sealed class LogicalExpression : Expression
{
    private readonly Expression[] _operands;
    private readonly bool _decisive;

    private LogicalExpression(bool decisive, Expression[] operands)
        : base(KustoType.Bool)
    {
        _decisive = decisive;
        _operands = operands;
        Size = SizeOf(operands);
    }

    public override long Size { get; }

    /// <summary>The expression; computed now where all operands are constant.</summary>
    public static Expression Create(bool isOr, params Expression[] operands)
    {
        if (operands.Length == 1) return operands[0];
        var expression = new LogicalExpression(isOr, operands);
        return Array.TrueForAll(operands, o => o.IsConstant) ? new ConstantExpression(expression.Evaluate(new RowChunk([], 1))) : expression;
    }

    public override Vector Evaluate(RowChunk chunk)
    {
        var result = new bool[chunk.Count];
        var isNull = new bool[chunk.Count];
        var open = new int[chunk.Count];
        for (int i = 0; i < open.Length; i++)
            open[i] = i;
        Array.Fill(result, !_decisive);

        int openCount = chunk.Count;
        bool anyNull = false;
        foreach (Expression operand in _operands)
        {
            if (openCount == 0) break;
            Vector vector = operand.Evaluate(openCount == chunk.Count ? chunk : chunk.Select(open[..openCount]));
            bool[] values = vector.Values<bool>();
            int left = 0;
            for (int k = 0; k < openCount; k++)
            {
                int row = open[k];
                if (vector.IsNull(k))
                {
                    isNull[row] = anyNull = true;
                }
                else if (values[k] == _decisive)
                {
                    result[row] = _decisive;
                    isNull[row] = false;
                    continue;
                }

                open[left++] = row;
            }

            openCount = left;
        }

        ulong[]? nulls = null;
        for (int i = 0; anyNull && i < isNull.Length; i++)
        {
            if (isNull[i]) NullMask.Set(ref nulls, i, isNull.Length);
        }

        return new Vector<bool>(KustoType.Bool, result, result.Length, nulls);
    }
}
