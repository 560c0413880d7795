using System.Globalization;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>project</c> and its variants, <c>extend</c> and <c>serialize</c>: a choice of columns, and new ones.</summary>
internal sealed class ProjectBinder
{
    private readonly Scope _scope;
    private readonly TabularOperator _input;

    public ProjectBinder(Scope scope, TabularOperator input)
    {
        _scope = scope;
        _input = input;
    }

    public ProjectOperator Bind(OperatorSyntax syntax) => syntax switch
    {
        ProjectSyntax project => BindProject(project),
        ExtendSyntax extend => BindExtend("extend", extend.Items, isSerialized: false),
        SerializeSyntax serialize => BindExtend("serialize", serialize.Items, isSerialized: true),
        ProjectAwaySyntax away => BindProjectAway(away),
        ProjectReorderSyntax reorder => BindReorder(reorder),
        ProjectRenameSyntax rename => BindRename(rename),
        _ => throw new InvalidOperationException(syntax.GetType().Name),
    };

    /// <summary>The given columns, in the given order.</summary>
    public static ProjectOperator Rearrange(TabularOperator input, IEnumerable<int> ordinals)
    {
        int[] kept = [.. ordinals];
        return new ProjectOperator(input, [.. kept.Select(i => input.Schema[i])], [.. kept.Select(i => new ColumnExpression(i, input.Schema[i].Type))]);
    }

    private ProjectOperator BindProject(ProjectSyntax syntax)
    {
        var windows = new WindowBinder(_scope, _input);
        var binder = new ExpressionBinder(_scope, "project", _input.Schema) { Windows = windows };
        var output = new OutputColumns(_scope.Source);
        var expressions = new List<Expression>();
        foreach (NamedExpressionSyntax item in syntax.Items)
        {
            Expression expression = binder.Bind(item.Expression);
            output.Add(item, expression.Type);
            expressions.Add(expression);
        }

        return new ProjectOperator(windows.Input, output.Columns, [.. expressions]);
    }

    // A column that exists is replaced where it stands, also under a name the engine made up: extend tolong(i) replaces i.
    private ProjectOperator BindExtend(string operatorName, IReadOnlyList<NamedExpressionSyntax> items, bool isSerialized)
    {
        var windows = new WindowBinder(_scope, _input, isSerialized);
        var binder = new ExpressionBinder(_scope, operatorName, _input.Schema) { Windows = windows };
        var schema = new List<Column>(_input.Schema);
        var expressions = new List<Expression>(_input.Schema.Select((c, i) => new ColumnExpression(i, c.Type)));
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedExpressionSyntax item in items)
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

        return new ProjectOperator(windows.Input, schema, [.. expressions]);
    }

    private static string NextColumnName(List<Column> schema)
    {
        for (int n = 1; ; n++)
        {
            string name = $"Column{n.ToString(CultureInfo.InvariantCulture)}";
            if (!schema.Exists(c => c.Name == name)) return name;
        }
    }

    private ProjectOperator BindProjectAway(ProjectAwaySyntax syntax)
    {
        var named = new HashSet<int>(Match(syntax.Columns, syntax.Keep ? "project-keep" : "project-away"));
        return Rearrange(_input, Enumerable.Range(0, _input.Schema.Count).Where(i => named.Contains(i) == syntax.Keep));
    }

    private ProjectOperator BindReorder(ProjectReorderSyntax syntax)
    {
        List<int> first = Match(syntax.Columns, "project-reorder");
        return Rearrange(_input, first.Concat(Enumerable.Range(0, _input.Schema.Count)).Distinct());
    }

    private List<int> Match(IReadOnlyList<ColumnPatternSyntax> patterns, string operatorName)
    {
        var matched = new List<int>();
        foreach (ColumnPatternSyntax pattern in patterns)
        {
            string expression = $"^{Regex.Escape(pattern.Pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
            var wildcard = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
            int before = matched.Count;
            for (int i = 0; i < _input.Schema.Count; i++)
            {
                string name = _input.Schema[i].Name;
                if (pattern.IsWildcard ? wildcard.IsMatch(name) : name == pattern.Pattern) matched.Add(i);
            }

            if (pattern.Order is not null)
            {
                List<int> found = matched.GetRange(before, matched.Count - before);
                found.Sort((a, b) => string.CompareOrdinal(_input.Schema[a].Name, _input.Schema[b].Name));
                if (pattern.Order == "desc") found.Reverse();
                matched.RemoveRange(before, found.Count);
                matched.AddRange(found);
            }

            if (matched.Count == before)
                throw KqlException.Semantic(_scope.Source, pattern.Position, $"'{operatorName}' operator: Failed to resolve column or scalar expression named '{pattern.Pattern}'", "SEM0100");
        }

        return matched;
    }

    private ProjectOperator BindRename(ProjectRenameSyntax syntax)
    {
        var schema = new List<Column>(_input.Schema);
        var binder = new ExpressionBinder(_scope, "project-rename", _input.Schema);
        foreach (NamedExpressionSyntax item in syntax.Items)
        {
            if (item.Name is null || item.Expression is not NameSyntax || binder.Bind(item.Expression) is not ColumnExpression column)
                throw KqlException.Semantic(_scope.Source, item.Position, "'project-rename' operator: Column rename assignment expected.");
            if (schema.Exists(c => c.Name == item.Name))
                throw KqlException.Semantic(_scope.Source, item.Position, $"A column with the name '{item.Name}' is already declared.");
            schema[column.Ordinal] = schema[column.Ordinal] with { Name = item.Name };
        }

        return new ProjectOperator(_input, schema, [.. schema.Select((c, i) => new ColumnExpression(i, c.Type))]);
    }
}
