using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>What a query, or the body of a function in it, sees: its text, its database, its time, and what <c>let</c> has named so far.</summary>
internal sealed class Scope
{
    // Functions are bound anew at each call, so that a few lines can stand for more work than there is time for.
    private const int MaxCalls = 10_000;

    private readonly int[] _calls;

    public Scope(SourceText source, Database database, long now, CancellationToken cancel)
    {
        Source = source;
        Database = database;
        Now = now;
        Cancel = cancel;
        _calls = [0];
        Warnings = [];
    }

    private Scope(Scope parent)
    {
        Source = parent.Source;
        Database = parent.Database;
        Now = parent.Now;
        Cancel = parent.Cancel;
        _calls = parent._calls;
        Warnings = parent.Warnings;
        Scalars = new Dictionary<string, Expression>(parent.Scalars, StringComparer.Ordinal);
        Tabulars = new Dictionary<string, TabularOperator>(parent.Tabulars, StringComparer.Ordinal);
        Functions = new Dictionary<string, Function>(parent.Functions, StringComparer.Ordinal);
        IsRepeated = parent.IsRepeated;
        Origin = parent.Origin;
        RowValues = new HashSet<string>(parent.RowValues, StringComparer.Ordinal);
    }

    public SourceText Source { get; }

    public Database Database { get; }

    /// <summary>The time of the query in ticks; <c>now()</c> is the same for all of it.</summary>
    public long Now { get; }

    /// <summary>Stops what is computed while the query is bound.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>What the answer is to tell beside its rows.</summary>
    public List<string> Warnings { get; }

    public Dictionary<string, Expression> Scalars { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TabularOperator> Tabulars { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Function> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>True within a subquery that runs once for each of several inputs: nothing of it may be computed just once.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Where the rows are from that an expression sees which is bound now.</summary>
    public RowOrigin Origin { get; set; } = RowOrigin.Computed;

    /// <summary>Names whose values differ from row to row of a table that is not the one at hand.</summary>
    public HashSet<string> RowValues { get; } = new(StringComparer.Ordinal);

    /// <summary>A scope within, whose names do not reach this one.</summary>
    public Scope CreateInner() => new(this);

    /// <summary>The scope of a tabular expression within a scalar one: what differs from row to row there means nothing in it.</summary>
    public Scope CreateForSubquery()
    {
        var inner = new Scope(this);
        foreach ((string name, Expression value) in Scalars)
        {
            if (value.IsConstant) continue;
            inner.Scalars.Remove(name);
            inner.RowValues.Add(name);
        }

        return inner;
    }

    /// <summary>True where the name stands for a table of the query or the database.</summary>
    public bool IsTable(string name) =>
        !Scalars.ContainsKey(name) && (Tabulars.ContainsKey(name) || (Functions.TryGetValue(name, out Function? function) ? function.IsTabular : Database.Tables.ContainsKey(name)));

    /// <summary>Names something for the rest of the scope.</summary>
    /// <exception cref="KqlException">The name is taken.</exception>
    public void Declare(string name, int position, Expression? scalar = null, TabularOperator? tabular = null, Function? function = null)
    {
        if (Scalars.ContainsKey(name) || Tabulars.ContainsKey(name) || Functions.ContainsKey(name))
            throw KqlException.Semantic(Source, position, $"A variable with the name '{name}' has already been declared.");
        if (scalar is not null) Scalars.Add(name, scalar);
        if (tabular is not null) Tabulars.Add(name, tabular);
        if (function is not null) Functions.Add(name, function);
    }

    /// <summary>Counts a call of a function.</summary>
    public void CountCall(int position)
    {
        Cancel.ThrowIfCancellationRequested();
        if (++_calls[0] > MaxCalls) throw KqlException.NotSupported(Source, position, $"query that calls functions more than {MaxCalls} times");
    }
}
