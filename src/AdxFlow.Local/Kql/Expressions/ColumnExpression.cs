using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>A column of the input.</summary>
internal sealed class ColumnExpression : Expression
{
    public ColumnExpression(int ordinal, KustoType type)
        : base(type) => Ordinal = ordinal;

    public int Ordinal { get; }

    public override Vector Evaluate(RowChunk chunk) => chunk[Ordinal];
}
