using System.Globalization;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>mv-expand</c>: an expanded column stands where it stood, a new one behind the others.</summary>
/// <remarks>Source: Microsoft Learn, "mv-expand operator".</remarks>
internal sealed class MvExpandBinder
{
    // The limits of the operator and of its older form.
    private const long MaxItems = int.MaxValue;
    private const long LegacyMaxItems = 128;

    private readonly Scope _scope;
    private readonly MvExpandSyntax _syntax;
    private readonly string _operator;
    private readonly List<MvExpansion> _expansions = [];

    public MvExpandBinder(Scope scope, MvExpandSyntax syntax, string operatorName = "mv-expand")
    {
        _scope = scope;
        _syntax = syntax;
        _operator = operatorName;
    }

    /// <summary>What is expanded, in the order of the query. Known once the operator is bound.</summary>
    public IReadOnlyList<MvExpansion> Expansions => _expansions;

    public MvExpandOperator Bind(TabularOperator input)
    {
        var binder = new ExpressionBinder(_scope, _operator, input.Schema);
        var schema = new List<Column>(input.Schema);
        int unnamed = 0;
        foreach (ExpansionSyntax item in _syntax.Items)
        {
            Expression array = binder.Bind(item.Item.Expression);
            if (array.Type != KustoType.Dynamic)
                throw KqlException.Semantic(_scope.Source, item.Item.Expression.Position, $"'{_operator}' operator: The expression must have the type dynamic.");
            string name = item.Item.Name ?? ResultNames.Of(item.Item.Expression) ?? $"Column{(++unnamed).ToString(CultureInfo.InvariantCulture)}";
            int ordinal = schema.FindIndex(c => c.Name == name);
            if (ordinal >= 0 && _expansions.Exists(e => e.Ordinal == ordinal))
                throw KqlException.Semantic(_scope.Source, item.Item.Position, $"A column with the name '{name}' is already declared.");
            if (ordinal < 0)
            {
                ordinal = schema.Count;
                schema.Add(new Column(name, item.Type));
            }

            schema[ordinal] = new Column(name, item.Type);
            _expansions.Add(new MvExpansion(ordinal, array, item.Type));
        }

        if (_syntax.IndexColumn is { } index)
        {
            string unique = index;
            for (int n = 1; schema.Exists(c => c.Name == unique); n++)
                unique = index + n.ToString(CultureInfo.InvariantCulture);
            schema.Add(new Column(unique, KustoType.Long));
        }

        long limit = _syntax.Limit is null ? (_syntax.IsLegacy ? LegacyMaxItems : MaxItems) : new ExpressionBinder(_scope, _operator, []).BindRowCount(_syntax.Limit);
        return new MvExpandOperator(input, schema, _expansions, _syntax.BagsAsPairs, _syntax.IndexColumn is not null, limit);
    }
}
