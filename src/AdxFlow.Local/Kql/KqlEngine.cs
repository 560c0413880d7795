using AdxFlow.Local.Kql.Binding;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql;

/// <summary>Runs KQL queries on the tables of a database: a typed subset, in which whatever is missing is refused by name.</summary>
internal static class KqlEngine
{
    /// <summary>Reads a query.</summary>
    /// <exception cref="KqlException">It is malformed.</exception>
    public static ParsedQuery Parse(string query)
    {
        var source = new SourceText(query);
        return new ParsedQuery(source, QueryParser.Parse(source));
    }

    /// <summary>Reads and binds a query as of now; see the other overload.</summary>
    public static IReadOnlyList<ResultSet> Execute(Database database, string query, IReadOnlyDictionary<string, string>? parameters, CancellationToken cancel) =>
        Execute(database, Parse(query), parameters, new ExecutionSettings(DateTime.UtcNow.Ticks, SchemaOnly: false), cancel);

    /// <summary>Binds a query and returns one result for each of its tabular statements.</summary>
    /// <param name="database">The tables.</param>
    /// <param name="query">The query.</param>
    /// <param name="parameters">The values of query parameters as KQL literals, by name. They count only where the query declares them.</param>
    /// <param name="settings">What the request asks for beside the query.</param>
    /// <param name="cancel">Stops the enumeration of a result at the next chunk of rows.</param>
    /// <returns>Results whose rows are computed while they are enumerated, of the tables as they were at the call.</returns>
    /// <exception cref="KqlException">The query does not bind, or needs what the stand-in lacks. Enumerating a result
    /// throws it too, for what only the values tell.</exception>
    public static IReadOnlyList<ResultSet> Execute(
        Database database, ParsedQuery query, IReadOnlyDictionary<string, string>? parameters, ExecutionSettings settings, CancellationToken cancel)
    {
        var scope = new Scope(query.Source, database.Snapshot(), settings.Now, cancel);
        var pipelines = new PipelineBinder(scope);
        var results = new List<ResultSet>();
        foreach (StatementSyntax statement in query.Statements)
        {
            switch (statement)
            {
                case QuerySyntax tabular:
                    TabularOperator root = pipelines.Bind(tabular.Pipeline);
                    if (settings.SchemaOnly) root = GetSchemaBinder.Bind(root);
                    results.Add(new ResultSet(root.Schema, root.Run(cancel)) { Warnings = [.. scope.Warnings] });
                    scope.Warnings.Clear();
                    break;
                case LetSyntax or LetFunctionSyntax:
                    StatementBinder.BindLet(scope, statement);
                    break;
                case DeclareSyntax declare:
                    QueryParameters.Bind(scope, declare, parameters);
                    break;
            }
        }

        return results;
    }
}
