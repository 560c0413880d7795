using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary><c>typeof(long)</c> as an argument: it has no value, only the function that takes it looks at it.</summary>
internal sealed class TypeOfExpression : Expression
{
    public TypeOfExpression(KustoType named)
        : base(KustoType.Dynamic) => Named = named;

    /// <summary>The type that is named.</summary>
    public KustoType Named { get; }

    public override Vector Evaluate(RowChunk chunk) => throw new InvalidOperationException("A type literal has no value.");
}
