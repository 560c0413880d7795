using System.Globalization;
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
    private int _unnamed;

    public OutputColumns(SourceText source) => _source = source;

    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Adds a column with the name the query gives it.</summary>
    public void AddNamed(string name, KustoType type, int position)
    {
        if (Has(name)) throw KqlException.Semantic(_source, position, $"A column with the name '{name}' is already declared.");
        _columns.Add(new Column(name, type));
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

    private bool Has(string name) => _columns.Exists(c => c.Name == name);
}
