using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>A bound scalar expression: it has a type, and computes all rows of a chunk at once.</summary>
internal abstract class Expression
{
    protected Expression(KustoType type) => Type = type;

    public KustoType Type { get; }

    /// <summary>True where the value is known and the same for all rows.</summary>
    public virtual bool IsConstant => false;

    public abstract Vector Evaluate(RowChunk chunk);
}
