using System.Globalization;
using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>union</c>. Columns of one name and type are one; a name that comes with several types has a column for each, with
/// the type in its name.
/// </summary>
/// <remarks>Source: Microsoft Learn, "union operator".</remarks>
internal sealed class UnionBinder
{
    private const int MaxColumns = 5000;

    private readonly Scope _scope;
    private readonly UnionSyntax _syntax;

    public UnionBinder(Scope scope, UnionSyntax syntax)
    {
        _scope = scope;
        _syntax = syntax;
    }

    /// <param name="input">The table in front of the pipe, or null.</param>
    public TabularOperator Bind(TabularOperator? input)
    {
        var legs = new List<(TabularOperator Table, string? Name)>();
        if (input is not null) legs.Add((input, input.Name));
        foreach (UnionLegSyntax leg in _syntax.Legs)
        {
            try
            {
                if (leg.Pattern is not null)
                    AddMatches(leg.Pattern, legs);
                else
                    legs.Add(BindLeg(leg.Pipeline!));
            }
            catch (KqlException error) when (_syntax.IsFuzzy && error.IsUnknownTable)
            {
                _scope.Warnings.Add($"'union' operator: a table was left out, for isfuzzy is true. {error.Message}");
            }
        }

        if (legs.Count == 0) throw KqlException.UnknownTable(_scope.Source, _syntax.Legs[0].Position, _syntax.Legs[0].Pattern?.Pattern ?? "union");
        return Join(legs);
    }

    private (TabularOperator Table, string? Name) BindLeg(PipelineSyntax pipeline)
    {
        TabularOperator table = new PipelineBinder(_scope).Bind(pipeline);
        bool isView = pipeline is { Source: TableSourceSyntax source, Operators.Count: 0 } && _scope.Functions.TryGetValue(source.Name, out Function? function) && function.Syntax.IsView;
        return (table, isView ? ((TableSourceSyntax)pipeline.Source).Name : table.Name);
    }

    private void AddMatches(ColumnPatternSyntax pattern, List<(TabularOperator Table, string? Name)> legs)
    {
        string expression = $"^{Regex.Escape(pattern.Pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
        var wildcard = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
        int before = legs.Count;
        foreach ((string name, Function function) in _scope.Functions.Where(f => f.Value.Syntax.IsView && f.Value.IsTabular && wildcard.IsMatch(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal))
            legs.Add((FunctionBinder.BindTabular(_scope, function, pattern.Position, []), name));
        foreach (Table table in _scope.Database.Tables.Values.Where(t => wildcard.IsMatch(t.Name)).OrderBy(t => t.Name, StringComparer.Ordinal))
            legs.Add((ChunkSource.Scan(table), table.Name));
        if (legs.Count == before) throw KqlException.UnknownTable(_scope.Source, pattern.Position, pattern.Pattern);
    }

    private UnionOperator Join(List<(TabularOperator Table, string? Name)> legs)
    {
        List<Column> distinct = Columns(legs);
        if (distinct.Count > MaxColumns) throw KqlException.NotSupported(_scope.Source, _syntax.Position, $"'union' of more than {MaxColumns} columns");
        List<Column> output = Rename(distinct, _syntax.SourceColumn);

        var result = new List<UnionLeg>();
        foreach ((TabularOperator table, string? name) in legs)
        {
            if (_syntax.SourceColumn is not null && name is null)
                throw KqlException.NotSupported(_scope.Source, _syntax.Position, "'withsource' of a table without a name", "Name it: | as Name.");
            int[] ordinals = [.. distinct.Select(column => Enumerable.Range(0, table.Schema.Count).FirstOrDefault(i => table.Schema[i] == column, -1))];
            result.Add(new UnionLeg(table, _syntax.SourceColumn is null ? null : name, ordinals));
        }

        return new UnionOperator(output, result);
    }

    // The columns of one name stand together, where the first of them came.
    private List<Column> Columns(List<(TabularOperator Table, string? Name)> legs)
    {
        List<Column> all = [.. legs.SelectMany(l => l.Table.Schema).Distinct()];
        if (_syntax.IsInner)
        {
            foreach (Column column in all)
            {
                if (all.Exists(c => c.Name == column.Name && c.Type != column.Type) && legs.TrueForAll(l => l.Table.Schema.Any(c => c.Name == column.Name)))
                    throw KqlException.NotSupported(_scope.Source, _syntax.Position, $"'kind=inner' with the column '{column.Name}' of several types");
            }

            all.RemoveAll(column => !legs.TrueForAll(l => l.Table.Schema.Contains(column)));
        }

        return [.. all.GroupBy(c => c.Name, StringComparer.Ordinal).SelectMany(g => g)];
    }

    private static List<Column> Rename(List<Column> columns, string? source)
    {
        var count = columns.GroupBy(c => c.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var taken = new HashSet<string>(columns.Where(c => count[c.Name] == 1 && c.Name != source).Select(c => c.Name), StringComparer.Ordinal);
        var renamed = new List<Column>();
        if (source is not null)
        {
            taken.Add(source);
            renamed.Add(new Column(source, KustoType.String));
        }

        foreach (Column column in columns)
        {
            if (count[column.Name] == 1 && column.Name != source)
            {
                renamed.Add(column);
                continue;
            }

            string name = count[column.Name] == 1 ? column.Name : $"{column.Name}_{KustoTypes.Name(column.Type)}";
            string unique = name;
            for (int n = 1; !taken.Add(unique); n++)
                unique = name + n.ToString(CultureInfo.InvariantCulture);
            renamed.Add(column with { Name = unique });
        }

        return renamed;
    }
}
