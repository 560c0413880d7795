using System.Runtime.CompilerServices;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>An operator or function applied to arguments.</summary>
internal sealed class KernelExpression : Expression
{
    // So many strings are made at a time of texts that are kept as bytes: they are gone before they cost anything.
    private const int BlockRows = 1024;

    private static readonly RowChunk OneRow = new([], 1);

    private readonly Kernel _kernel;
    private readonly Expression[] _arguments;

    private readonly bool _isVolatile;

    private KernelExpression(KustoType type, Kernel kernel, Expression[] arguments, bool isVolatile = false)
        : base(type)
    {
        _kernel = kernel;
        _arguments = arguments;
        _isVolatile = isVolatile;
        Size = SizeOf(arguments);
    }

    public override long Size { get; }

    /// <summary>The application; computed now where all arguments are constant.</summary>
    public static Expression Create(KustoType type, Kernel kernel, params Expression[] arguments)
    {
        var expression = new KernelExpression(type, kernel, arguments);
        return Array.TrueForAll(arguments, a => a.IsConstant) ? new ConstantExpression(expression.Evaluate(OneRow)) : expression;
    }

    /// <summary>The application of what gives another value for each row, even for constant arguments (<c>rand()</c>).</summary>
    public static Expression CreateVolatile(KustoType type, Kernel kernel, params Expression[] arguments) =>
        new KernelExpression(type, kernel, arguments, isVolatile: true);

    public override Vector Evaluate(RowChunk chunk)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw KqlException.NotSupportedValue("The local stand-in cannot compute an expression as deep as one of this query's.");
        var vectors = new Vector[_arguments.Length];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = _arguments[i].Evaluate(chunk);
        try
        {
            return chunk.Count > BlockRows && !_isVolatile && Array.Exists(vectors, v => v is TextVector)
                ? ComputeByBlocks(vectors, chunk.Count)
                : _kernel(vectors, chunk.Count);
        }
        catch (OverflowException)
        {
            throw KqlException.NotSupportedValue("A number left the range of its type while the query ran. (What the service would answer then is not documented.)");
        }
    }

    private Vector ComputeByBlocks(Vector[] arguments, int count)
    {
        var results = new Vector[(count + BlockRows - 1) / BlockRows];
        var block = new Vector[arguments.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int start = i * BlockRows;
            int rows = Math.Min(BlockRows, count - start);
            for (int argument = 0; argument < block.Length; argument++)
                block[argument] = _arguments[argument].IsConstant ? arguments[argument].Head(rows) : arguments[argument].Slice(start, rows);
            results[i] = _kernel(block, rows);
        }

        return Concatenation.Of(results);
    }
}
