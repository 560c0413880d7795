using System.Globalization;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// Binds <c>join</c> and <c>lookup</c>. The columns of both sides stay, those of the right under another name where the left
/// has the name already; <c>lookup</c> leaves out the keys of the right.
/// </summary>
/// <remarks>Source: Microsoft Learn, "join operator" and "lookup operator".</remarks>
internal sealed class JoinBinder
{
    private const int MaxColumns = 5000;

    private readonly Scope _scope;
    private readonly JoinSyntax _syntax;

    public JoinBinder(Scope scope, JoinSyntax syntax)
    {
        _scope = scope;
        _syntax = syntax;
    }

    public TabularOperator Bind(TabularOperator left)
    {
        TabularOperator right = new PipelineBinder(_scope).Bind(_syntax.Right);
        var leftKeys = new List<Expression>();
        var rightKeys = new List<Expression>();
        var rightOrdinals = new HashSet<int>();
        foreach (JoinConditionSyntax condition in _syntax.Conditions)
        {
            int a = Find(left, condition.Left, condition.Position);
            int b = Find(right, condition.Right, condition.Position);
            (Expression x, Expression y) = Align(condition, new ColumnExpression(a, left.Schema[a].Type), new ColumnExpression(b, right.Schema[b].Type));
            leftKeys.Add(x);
            rightKeys.Add(y);
            rightOrdinals.Add(b);
        }

        if (left.Schema.Count + right.Schema.Count > MaxColumns)
            throw KqlException.NotSupported(_scope.Source, _syntax.Position, $"'{Operator}' of more than {MaxColumns} columns");
        JoinKind kind = Kind(_syntax.Kind);
        int[] rightColumns = [.. Enumerable.Range(0, right.Schema.Count).Where(i => !_syntax.IsLookup || !rightOrdinals.Contains(i))];
        IReadOnlyList<Column> schema = kind switch
        {
            JoinKind.LeftSemi or JoinKind.LeftAnti => left.Schema,
            JoinKind.RightSemi or JoinKind.RightAnti => right.Schema,
            _ => Join(left.Schema, rightColumns.Select(i => right.Schema[i])),
        };
        return new JoinOperator(schema, kind, left, right, [.. leftKeys], [.. rightKeys], rightColumns);
    }

    private static JoinKind Kind(string name) => name switch
    {
        "inner" => JoinKind.Inner,
        "leftouter" => JoinKind.LeftOuter,
        "rightouter" => JoinKind.RightOuter,
        "fullouter" => JoinKind.FullOuter,
        "leftsemi" => JoinKind.LeftSemi,
        "rightsemi" => JoinKind.RightSemi,
        "leftanti" or "anti" or "leftantisemi" => JoinKind.LeftAnti,
        "rightanti" or "rightantisemi" => JoinKind.RightAnti,
        _ => JoinKind.InnerUnique,
    };

    private static List<Column> Join(IReadOnlyList<Column> left, IEnumerable<Column> right)
    {
        var columns = new List<Column>(left);
        var names = new HashSet<string>(left.Select(c => c.Name), StringComparer.Ordinal);
        foreach (Column column in right)
        {
            string name = column.Name;
            for (int n = 1; !names.Add(name); n++)
                name = column.Name + n.ToString(CultureInfo.InvariantCulture);
            columns.Add(column with { Name = name });
        }

        return columns;
    }

    private int Find(TabularOperator side, string name, int position)
    {
        for (int i = 0; i < side.Schema.Count; i++)
        {
            if (side.Schema[i].Name == name) return i;
        }

        throw KqlException.Semantic(_scope.Source, position, $"'{Operator}' operator: Failed to resolve column named '{name}'", "SEM0100");
    }

    private (Expression Left, Expression Right) Align(JoinConditionSyntax condition, Expression left, Expression right)
    {
        bool integers = Conversion.IsInteger(left.Type) && Conversion.IsInteger(right.Type);
        if (left.Type != right.Type && (condition.Left == condition.Right || !integers))
        {
            throw KqlException.Semantic(_scope.Source, condition.Position,
                $"'{Operator}' operator: the key '{condition.Left}' of type {KustoTypes.Name(left.Type)} and the key '{condition.Right}' of type {KustoTypes.Name(right.Type)} cannot be compared.");
        }

        if (left.Type == KustoType.Dynamic)
            throw KqlException.NotSupported(_scope.Source, condition.Position, $"'{Operator}' on a dynamic value", "Cast it first: tostring().");
        return left.Type == right.Type ? (left, right) : (Conversion.Widen(left, KustoType.Long), Conversion.Widen(right, KustoType.Long));
    }

    private string Operator => _syntax.IsLookup ? "lookup" : "join";
}
