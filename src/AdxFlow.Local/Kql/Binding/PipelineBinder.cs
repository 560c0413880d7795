using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Turns a pipeline as written into operators that run.</summary>
internal sealed class PipelineBinder
{
    private static readonly RowChunk OneRow = new([], 1);

    private readonly Scope _scope;
    private bool _isInner;

    public PipelineBinder(Scope scope) => _scope = scope;

    /// <summary>The expression as a pipeline, or null where it can be none.</summary>
    public static PipelineSyntax? PipelineOf(ExpressionSyntax syntax) => syntax switch
    {
        SubquerySyntax subquery => subquery.Pipeline,
        NameSyntax name => new PipelineSyntax(new TableSourceSyntax(name.Position, name.Name), []),
        CallSyntax call => new PipelineSyntax(new CallSourceSyntax(call.Position, call), []),
        _ => null,
    };

    /// <summary>The expression as a pipeline where it gives a table, or null.</summary>
    public static PipelineSyntax? TryPipelineOf(Scope scope, ExpressionSyntax syntax) => syntax switch
    {
        NameSyntax name when !scope.IsTable(name.Name) => null,
        CallSyntax call when call.Name != "table" && !(scope.Functions.TryGetValue(call.Name, out Function? function) && function.IsTabular) => null,
        _ => PipelineOf(syntax),
    };

    /// <summary>Binds a pipeline. Names that <c>as</c> gives within it are known in the rest of it.</summary>
    public TabularOperator Bind(PipelineSyntax pipeline)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw KqlException.NotSupported(_scope.Source, pipeline.Source.Position, "query as deep as this");
        if (pipeline.Operators.Any(o => o is AsSyntax) && !_isInner) return new PipelineBinder(_scope.CreateInner()) { _isInner = true }.Bind(pipeline);
        TabularOperator input = BindSource(pipeline.Source);
        foreach (OperatorSyntax syntax in pipeline.Operators)
            input = BindOperator(input, syntax);
        return input;
    }

    private TabularOperator BindSource(PipelineSourceSyntax source)
    {
        switch (source)
        {
            case NestedSourceSyntax nested: return Bind(nested.Pipeline);
            case PrintSourceSyntax print: return BindPrint(print);
            case RangeSourceSyntax range: return RangeBinder.Bind(_scope, range);
            case DatatableSourceSyntax datatable: return BindDatatable(datatable);
            case UnionSourceSyntax union: return new UnionBinder(_scope, union.Union).Bind(null);
            case MaterializeSourceSyntax materialize: return new MaterializeOperator(Bind(materialize.Pipeline));
            case CallSourceSyntax call: return BindCall(call.Call);
            case TableSourceSyntax table: return BindTable(table.Name, table.Position);
            default: throw new InvalidOperationException(source.GetType().Name);
        }
    }

    private TabularOperator BindTable(string name, int position)
    {
        if (_scope.Tabulars.TryGetValue(name, out TabularOperator? named)) return named;
        if (_scope.Functions.TryGetValue(name, out Function? function)) return FunctionBinder.BindTabular(_scope, function, position, []);
        if (_scope.Scalars.ContainsKey(name)) throw KqlException.Semantic(_scope.Source, position, $"Tabular value expected: '{name}' is a scalar.");
        return _scope.Database.Tables.TryGetValue(name, out Table? found)
            ? ChunkSource.Scan(found)
            : throw KqlException.UnknownTable(_scope.Source, position, name);
    }

    private TabularOperator BindCall(CallSyntax call)
    {
        if (_scope.Functions.TryGetValue(call.Name, out Function? function)) return FunctionBinder.BindTabular(_scope, function, call.Position, call.Arguments);
        if (call.Name == "table" && call.Arguments is [LiteralSyntax { Value: string name }])
        {
            return _scope.Database.Tables.TryGetValue(name, out Table? found)
                ? ChunkSource.Scan(found)
                : throw KqlException.UnknownTable(_scope.Source, call.Position, name);
        }

        if (KnownNames.IsKnown(call.Name) || call.Name == "table") throw KqlException.NotSupported(_scope.Source, call.Position, $"'{call.Name}()' as a source");
        throw KqlException.Semantic(_scope.Source, call.Position, $"Unknown function: '{call.Name}'.", "SEM0260");
    }

    private ChunkSource BindPrint(PrintSourceSyntax print)
    {
        var binder = new ExpressionBinder(_scope, "print", []);
        var output = new OutputColumns(_scope.Source);
        var values = new List<Vector>();
        for (int i = 0; i < print.Items.Count; i++)
        {
            NamedExpressionSyntax item = print.Items[i];
            Expression expression = binder.Bind(item.Expression);
            if (item.Name is not null)
                output.AddNamed(item.Name, expression.Type, item.Position);
            else
                output.AddSuggested($"print_{i.ToString(CultureInfo.InvariantCulture)}", expression.Type);
            values.Add(expression.Evaluate(OneRow));
        }

        return new ChunkSource(output.Columns, [new RowChunk(values, 1)]);
    }

    private ChunkSource BindDatatable(DatatableSourceSyntax syntax)
    {
        var binder = new ExpressionBinder(_scope, "datatable", []);
        ColumnBuilder[] builders = [.. syntax.Columns.Select(c => ColumnBuilder.Create(c.Type))];
        for (int i = 0; i < syntax.Values.Count; i++)
        {
            KustoType type = builders[i % builders.Length].Type;
            Expression value = binder.Bind(syntax.Values[i]);
            bool fits = value.Type == type || type == KustoType.Dynamic || value.Type == KustoType.String || (Conversion.IsNumeric(value.Type) && Conversion.IsNumeric(type));
            Vector? cell = value.IsConstant && fits ? Conversion.To(value, type)!.Evaluate(OneRow) : null;
            bool isMisread = value.Type == KustoType.String && cell is not null && cell.IsNull(0);
            if (cell is null || isMisread)
                throw KqlException.Semantic(_scope.Source, syntax.Values[i].Position, $"'datatable': a constant of type {KustoTypes.Name(type)} expected.");
            builders[i % builders.Length].AppendFrom(cell, 0);
        }

        int rows = syntax.Values.Count / builders.Length;
        return new ChunkSource(syntax.Columns, rows == 0 ? [] : [new RowChunk([.. builders.Select(b => b.Build())], rows)]);
    }

    private TabularOperator BindOperator(TabularOperator input, OperatorSyntax syntax)
    {
        switch (syntax)
        {
            case WhereSyntax where: return new FilterOperator(input, Binder(input, "where").BindBool(where.Predicate));
            case ProjectSyntax project: return BindProject(input, project);
            case ExtendSyntax extend: return BindExtend(input, extend);
            case ProjectAwaySyntax away: return BindProjectAway(input, away);
            case ProjectReorderSyntax reorder: return BindReorder(input, reorder);
            case ProjectRenameSyntax rename: return BindRename(input, rename);
            case CountSyntax count: return new CountOperator(input, count.Name);
            case JoinSyntax join: return new JoinBinder(_scope, join).Bind(input);
            case UnionSyntax union: return new UnionBinder(_scope, union).Bind(input);
            case MvExpandSyntax expand: return new MvExpandBinder(_scope, expand).Bind(input);
            case ParseSyntax parse: return ParseBinder.Bind(_scope, input, parse);
            case AsSyntax named: return _scope.Tabulars[named.Name] = named.Materialized ? new MaterializeOperator(input, named.Name) : new NamedOperator(input, named.Name);
            case TakeSyntax take: return new TakeOperator(input, Binder(input, "take").BindRowCount(take.Rows));
            case SortSyntax sort: return new SortOperator(input, [.. sort.Keys.Select(k => BindKey(input, k, "sort"))]);
            case TopSyntax top: return new SortOperator(input, [BindKey(input, top.Key, "top")], Binder(input, "top").BindRowCount(top.Rows));
            case SummarizeSyntax summarize: return SummarizeBinder.Bind(_scope, input, summarize);
            case DistinctSyntax distinct: return BindDistinct(input, distinct);
            case GetSchemaSyntax: return GetSchemaBinder.Bind(input);
            case RenderSyntax: return input;
            default: throw new InvalidOperationException(syntax.GetType().Name);
        }
    }

    private ExpressionBinder Binder(TabularOperator input, string operatorName) => new(_scope, operatorName, input.Schema);

    private ProjectOperator BindProject(TabularOperator input, ProjectSyntax syntax)
    {
        ExpressionBinder binder = Binder(input, "project");
        var output = new OutputColumns(_scope.Source);
        var expressions = new List<Expression>();
        foreach (NamedExpressionSyntax item in syntax.Items)
        {
            Expression expression = binder.Bind(item.Expression);
            output.Add(item, expression.Type);
            expressions.Add(expression);
        }

        return new ProjectOperator(input, output.Columns, [.. expressions]);
    }

    // A column that exists is replaced where it stands, also under a name the engine made up: extend tolong(i) replaces i.
    private ProjectOperator BindExtend(TabularOperator input, ExtendSyntax syntax)
    {
        ExpressionBinder binder = Binder(input, "extend");
        var schema = new List<Column>(input.Schema);
        var expressions = new List<Expression>(input.Schema.Select((c, i) => new ColumnExpression(i, c.Type)));
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedExpressionSyntax item in syntax.Items)
        {
            Expression expression = binder.Bind(item.Expression);
            if (item.Name is not null && !given.Add(item.Name))
                throw KqlException.Semantic(_scope.Source, item.Position, $"A column with the name '{item.Name}' is already declared.");
            string name = item.Name ?? ResultNames.Of(item.Expression) ?? NextColumnName(schema);
            int existing = schema.FindIndex(c => c.Name == name);
            if (existing >= 0)
            {
                schema[existing] = new Column(name, expression.Type);
                expressions[existing] = expression;
            }
            else
            {
                schema.Add(new Column(name, expression.Type));
                expressions.Add(expression);
            }
        }

        return new ProjectOperator(input, schema, [.. expressions]);
    }

    private static string NextColumnName(List<Column> schema)
    {
        for (int n = 1; ; n++)
        {
            string name = $"Column{n.ToString(CultureInfo.InvariantCulture)}";
            if (!schema.Exists(c => c.Name == name)) return name;
        }
    }

    private ProjectOperator BindProjectAway(TabularOperator input, ProjectAwaySyntax syntax)
    {
        var named = new HashSet<int>(Match(input, syntax.Columns, syntax.Keep ? "project-keep" : "project-away"));
        return Rearrange(input, Enumerable.Range(0, input.Schema.Count).Where(i => named.Contains(i) == syntax.Keep));
    }

    private ProjectOperator BindReorder(TabularOperator input, ProjectReorderSyntax syntax)
    {
        List<int> first = Match(input, syntax.Columns, "project-reorder");
        return Rearrange(input, first.Concat(Enumerable.Range(0, input.Schema.Count)).Distinct());
    }

    private static ProjectOperator Rearrange(TabularOperator input, IEnumerable<int> ordinals)
    {
        int[] kept = [.. ordinals];
        return new ProjectOperator(input, [.. kept.Select(i => input.Schema[i])], [.. kept.Select(i => new ColumnExpression(i, input.Schema[i].Type))]);
    }

    private List<int> Match(TabularOperator input, IReadOnlyList<ColumnPatternSyntax> patterns, string operatorName)
    {
        var matched = new List<int>();
        foreach (ColumnPatternSyntax pattern in patterns)
        {
            string expression = $"^{Regex.Escape(pattern.Pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
            var wildcard = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
            int before = matched.Count;
            for (int i = 0; i < input.Schema.Count; i++)
            {
                string name = input.Schema[i].Name;
                if (pattern.IsWildcard ? wildcard.IsMatch(name) : name == pattern.Pattern) matched.Add(i);
            }

            if (pattern.Order is not null)
            {
                List<int> found = matched.GetRange(before, matched.Count - before);
                found.Sort((a, b) => string.CompareOrdinal(input.Schema[a].Name, input.Schema[b].Name));
                if (pattern.Order == "desc") found.Reverse();
                matched.RemoveRange(before, found.Count);
                matched.AddRange(found);
            }

            if (matched.Count == before)
                throw KqlException.Semantic(_scope.Source, pattern.Position, $"'{operatorName}' operator: Failed to resolve column or scalar expression named '{pattern.Pattern}'", "SEM0100");
        }

        return matched;
    }

    private ProjectOperator BindRename(TabularOperator input, ProjectRenameSyntax syntax)
    {
        var schema = new List<Column>(input.Schema);
        ExpressionBinder binder = Binder(input, "project-rename");
        foreach (NamedExpressionSyntax item in syntax.Items)
        {
            if (item.Name is null || item.Expression is not NameSyntax || binder.Bind(item.Expression) is not ColumnExpression column)
                throw KqlException.Semantic(_scope.Source, item.Position, "'project-rename' operator: Column rename assignment expected.");
            if (schema.Exists(c => c.Name == item.Name))
                throw KqlException.Semantic(_scope.Source, item.Position, $"A column with the name '{item.Name}' is already declared.");
            schema[column.Ordinal] = schema[column.Ordinal] with { Name = item.Name };
        }

        return new ProjectOperator(input, schema, [.. schema.Select((c, i) => new ColumnExpression(i, c.Type))]);
    }

    private OrderKey BindKey(TabularOperator input, OrderSyntax order, string operatorName)
    {
        Expression expression = Binder(input, operatorName).Bind(order.Expression);
        return expression.Type == KustoType.Dynamic
            ? throw KqlException.NotSupported(_scope.Source, order.Expression.Position, $"'{operatorName}' by a dynamic value", "Cast it first.")
            : new OrderKey(expression, order.Descending, order.NullsFirst);
    }

    private SummarizeOperator BindDistinct(TabularOperator input, DistinctSyntax syntax)
    {
        IReadOnlyList<NamedExpressionSyntax> items = syntax.All
            ? [.. input.Schema.Select(c => new NamedExpressionSyntax(null, syntax.Position, new NameSyntax(syntax.Position, c.Name)))]
            : syntax.Items;
        var output = new OutputColumns(_scope.Source);
        Expression[] keys = SummarizeBinder.BindKeys(_scope, input, items, "distinct", output);
        return new SummarizeOperator(input, output.Columns, keys, []);
    }
}
