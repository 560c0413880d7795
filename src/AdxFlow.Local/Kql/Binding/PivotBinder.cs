using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>evaluate pivot()</c>: a summarize by the other columns and the one that is rotated, whose values become columns.
/// Which there are is told by the rows, which are computed for it when the query is bound, unless the query tells it.
/// </summary>
/// <remarks>Source: Microsoft Learn, "pivot plugin".</remarks>
internal sealed class PivotBinder
{
    private const int MaxColumns = 5000;

    private static readonly HashSet<string> Aggregates = new(StringComparer.Ordinal)
    {
        "min", "max", "take_any", "sum", "dcount", "avg", "stdev", "variance", "make_list", "make_bag", "make_set", "count",
    };

    private readonly Scope _scope;
    private readonly TabularOperator _input;
    private readonly EvaluateSyntax _syntax;

    public PivotBinder(Scope scope, TabularOperator input, EvaluateSyntax syntax)
    {
        _scope = scope;
        _input = input;
        _syntax = syntax;
    }

    public PivotOperator Bind()
    {
        IReadOnlyList<ExpressionSyntax> arguments = _syntax.Plugin.Arguments;
        if (arguments.Count == 0) throw Error(_syntax.Plugin.Position, "the plugin expects at least 1 argument(s).");
        NameSyntax pivot = Column(arguments[0]);
        CallSyntax aggregate = arguments.Count > 1 && arguments[1] is CallSyntax call ? call : new CallSyntax(_syntax.Plugin.Position, "count", []);
        if (!Aggregates.Contains(aggregate.Name)) throw Error(aggregate.Position, $"'{aggregate.Name}' is none of its aggregation functions.");
        List<NameSyntax> keys = [.. arguments.Skip(arguments.Count > 1 && arguments[1] is CallSyntax ? 2 : 1).Select(Column)];
        if (keys.Count == 0) keys = Others(pivot, aggregate);
        if (keys.Exists(k => k.Name == pivot.Name)) throw NotSupported(pivot.Position, $"'pivot()' of the column '{pivot.Name}' by itself");

        TabularOperator summarized = SummarizeBinder.Bind(_scope, _input, new SummarizeSyntax(
            _syntax.Position, [new NamedExpressionSyntax(null, aggregate.Position, aggregate)], [.. keys.Append(pivot).Select(k => new NamedExpressionSyntax(null, k.Position, k))]));
        if (summarized.Schema.Count != keys.Count + 2) throw NotSupported(aggregate.Position, $"'{aggregate.Name}()' of several columns in 'pivot()'");

        // What a cell has for which there are no rows.
        var nothing = new ChunkSource(_input.Schema, []);
        TabularOperator empty = SummarizeBinder.Bind(_scope, nothing, new SummarizeSyntax(_syntax.Position, [new NamedExpressionSyntax(null, aggregate.Position, aggregate)], []));
        Vector none = empty.Run(_scope.Cancel).Single()[0];

        if (_syntax.Output is { } output) return new PivotOperator(summarized, Declared(summarized, keys.Count, output), keys.Count, none);
        ChunkSource rows = EvaluateBinder.Keep(_scope, summarized, _syntax);
        return new PivotOperator(rows, Found(rows, keys.Count), keys.Count, none);
    }

    private NameSyntax Column(ExpressionSyntax syntax)
    {
        if (syntax is not NameSyntax name || new ExpressionBinder(_scope, "evaluate", _input.Schema).Bind(name) is not ColumnExpression column)
            throw Error(syntax.Position, "the name of a column expected.");
        return column.Type == KustoType.Dynamic ? throw NotSupported(syntax.Position, "'pivot()' by a dynamic value", "Cast it first: tostring().") : name;
    }

    /// <summary>All columns but the one that is rotated and the one that is aggregated.</summary>
    private List<NameSyntax> Others(NameSyntax pivot, CallSyntax aggregate)
    {
        if (aggregate.Arguments.FirstOrDefault(a => a is not (NameSyntax or LiteralSyntax)) is { } odd)
            throw NotSupported(odd.Position, "'pivot()' of an expression without the columns of the result", "Name the other columns.");
        HashSet<string> used = [pivot.Name, .. aggregate.Arguments.OfType<NameSyntax>().Select(n => n.Name)];
        return [.. _input.Schema.Where(c => !used.Contains(c.Name)).Select(c => Column(new NameSyntax(_syntax.Plugin.Position, c.Name)))];
    }

    private List<Column> Found(ChunkSource rows, int keys)
    {
        RequireText(rows.Schema[keys]);
        var columns = new List<Column>(rows.Schema.Take(keys));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (RowChunk chunk in rows.Run(_scope.Cancel))
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                string name = PivotOperator.NameOf(chunk[keys], row);
                if (!names.Add(name)) continue;
                if (columns.Exists(c => c.Name == name)) throw KqlException.Runtime($"pivot(): a value is '{name}', as is a column of the result.");
                columns.Add(new Column(name, rows.Schema[keys + 1].Type));
                if (columns.Count > MaxColumns) throw KqlException.NotSupportedValue($"The local stand-in has no pivot() with more than {MaxColumns} columns.");
            }
        }

        return columns;
    }

    private List<Column> Declared(TabularOperator summarized, int keys, OutputSchemaSyntax output)
    {
        RequireText(summarized.Schema[keys]);
        if (output.WithInput) throw NotSupported(output.Position, "'*' among the columns of the result of 'pivot()'");
        for (int i = 0; i < keys; i++)
        {
            if (i >= output.Columns.Count || output.Columns[i] != summarized.Schema[i])
                throw NotSupported(output.Position, $"result of 'pivot()' that does not begin with the column '{summarized.Schema[i].Name}' of type {KustoTypes.Name(summarized.Schema[i].Type)}");
        }

        KustoType type = summarized.Schema[keys + 1].Type;
        if (output.Columns.Skip(keys).FirstOrDefault(c => c.Type != type) is { } other)
            throw Error(output.Position, $"the column '{other.Name}' is of type {KustoTypes.Name(type)}, not {KustoTypes.Name(other.Type)}.");
        return [.. output.Columns];
    }

    private void RequireText(Column column)
    {
        if (column.Type is not (KustoType.String or KustoType.Int or KustoType.Long))
            throw NotSupported(_syntax.Plugin.Position, $"'pivot()' of values of type {KustoTypes.Name(column.Type)}", "Cast them first: tostring().");
    }

    private KqlException Error(int position, string message) => KqlException.Semantic(_scope.Source, position, $"pivot(): {message}");

    private KqlException NotSupported(int position, string what, string? hint = null) => KqlException.NotSupported(_scope.Source, position, what, hint);
}
