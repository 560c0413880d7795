using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>What a whole query sees: its text, its database, its time, and what <c>let</c> has named so far.</summary>
internal sealed class Scope
{
    public Scope(SourceText source, Database database, long now)
    {
        Source = source;
        Database = database;
        Now = now;
    }

    public SourceText Source { get; }

    public Database Database { get; }

    /// <summary>The time of the query in ticks; <c>now()</c> is the same for all of it.</summary>
    public long Now { get; }

    public Dictionary<string, Expression> Scalars { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TabularOperator> Tabulars { get; } = new(StringComparer.Ordinal);
}
