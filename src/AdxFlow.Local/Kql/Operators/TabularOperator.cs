using System.Runtime.CompilerServices;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>An operator of a bound query. Rows stream from one to the next chunk by chunk.</summary>
internal abstract class TabularOperator
{
    protected TabularOperator(IReadOnlyList<Column> schema) => Schema = schema;

    public IReadOnlyList<Column> Schema { get; }

    /// <summary>The name the query or the database has for exactly these rows, or null.</summary>
    public virtual string? Name => null;

    /// <summary>Whether window functions may go by the order of the rows. Set while the query is bound.</summary>
    public RowOrder Order { get; set; }

    /// <summary>Whether the rows are still those of a table. Set while the query is bound.</summary>
    public RowOrigin Origin { get; set; } = RowOrigin.Open;

    /// <summary>Fails where operators feed each other in so long a chain that the stack may not hold it.</summary>
    protected static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw KqlException.NotSupportedValue("The local stand-in cannot run a query of as many steps in a row.");
    }

    /// <summary>Computes the rows while they are enumerated; looks at the token once per chunk.</summary>
    public abstract IEnumerable<RowChunk> Run(CancellationToken cancel);
}
