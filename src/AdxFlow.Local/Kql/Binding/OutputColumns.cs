using System.Globalization;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>
/// The columns of a result while they are collected. Two columns that the query itself names alike are an error; a name the
/// engine makes up gives way with a number at its end.
/// </summary>
internal sealed class OutputColumns
{
    private readonly SourceText _source;
    private readonly List<Column> _columns = [];
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private int _unnamed;

    public OutputColumns(SourceText source) => _source = source;

    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Adds a column with the name the query gives it with <c>name = …</c>.</summary>
    public void AddNamed(string name, KustoType type, int position)
    {
        if (_declared.Contains(name)) throw Duplicate(name, position);
        if (Has(name)) throw KqlException.NotSupported(_source, position, $"name '{name}' after a column that got it by itself", "Name that one too.");
        _declared.Add(name);
        _columns.Add(new Column(name, type));
    }

    /// <summary>Adds a column of the input under its own name.</summary>
    public void AddColumn(string name, KustoType type, int position)
    {
        if (_declared.Contains(name)) throw Duplicate(name, position);
        if (!Has(name)) _declared.Add(name);
        AddSuggested(name, type);
    }

    /// <summary>Adds a column with a suggested name, or <c>ColumnN</c>.</summary>
    public void AddSuggested(string? name, KustoType type)
    {
        name ??= $"Column{(++_unnamed).ToString(CultureInfo.InvariantCulture)}";
        string unique = name;
        for (int n = 1; Has(unique); n++)
            unique = name + n.ToString(CultureInfo.InvariantCulture);
        _columns.Add(new Column(unique, type));
    }

    /// <summary>Adds a column as the item of the query names it, or as its expression suggests.</summary>
    public void Add(NamedExpressionSyntax item, KustoType type)
    {
        if (item.Name is not null)
            AddNamed(item.Name, type, item.Position);
        else if (item.Expression is NameSyntax name)
            AddColumn(name.Name, type, item.Position);
        else
            AddSuggested(ResultNames.Of(item.Expression), type);
    }

    private bool Has(string name) => _columns.Exists(c => c.Name == name);

    private KqlException Duplicate(string name, int position) =>
        KqlException.Semantic(_source, position, $"A column with the name '{name}' is already declared.");
}
