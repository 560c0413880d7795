using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary>An operator of a bound query. Rows stream from one to the next chunk by chunk.</summary>
internal abstract class TabularOperator
{
    protected TabularOperator(IReadOnlyList<Column> schema) => Schema = schema;

    public IReadOnlyList<Column> Schema { get; }

    /// <summary>The name the query or the database has for exactly these rows, or null.</summary>
    public virtual string? Name => null;

    /// <summary>Computes the rows while they are enumerated; looks at the token once per chunk.</summary>
    public abstract IEnumerable<RowChunk> Run(CancellationToken cancel);
}
