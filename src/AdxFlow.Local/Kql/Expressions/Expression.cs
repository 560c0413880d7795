using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>A bound scalar expression: it has a type, and computes all rows of a chunk at once.</summary>
internal abstract class Expression
{
    private const long MaxSize = 100_000;

    protected Expression(KustoType type) => Type = type;

    /// <summary>The size of an expression over others.</summary>
    /// <exception cref="KqlException">It is too large.</exception>
    protected static long SizeOf(Expression[] operands)
    {
        long size = 1;
        foreach (Expression operand in operands)
            size += operand.Size;
        return size <= MaxSize ? size : throw KqlException.NotSupportedValue($"The local stand-in does not compute an expression of more than {MaxSize} operations.");
    }

    public KustoType Type { get; }

    /// <summary>True where the value is known and the same for all rows.</summary>
    public virtual bool IsConstant => false;

    /// <summary>How many operations one evaluation takes. A function that uses its parameter twice doubles its argument, and
    /// such calls within each other must not make more work than anybody would wait for.</summary>
    public virtual long Size => 1;

    public abstract Vector Evaluate(RowChunk chunk);
}
