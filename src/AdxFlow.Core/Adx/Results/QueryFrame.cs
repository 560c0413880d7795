using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// The properties of one v2 frame but for its rows, in whatever order they come.
/// Source: <see href="https://learn.microsoft.com/kusto/api/rest/response-v2"/>.
/// </summary>
internal sealed class QueryFrame
{
    private readonly Dictionary<string, object?> _properties = new(StringComparer.Ordinal);

    /// <summary>The rows were passed over once, because they came before what describes them.</summary>
    public bool RowsPassedOver { get; set; }

    /// <summary>The rows have been read.</summary>
    public bool RowsRead { get; set; }

    public string? Type => ResultSchema.Text(_properties, "FrameType");

    public string? TableKind => ResultSchema.Text(_properties, "TableKind");

    public string TableName => ResultSchema.Text(_properties, "TableName") ?? string.Empty;

    public long TableId => _properties.TryGetValue("TableId", out object? id) && id is long number ? number : -1;

    /// <summary>How many rows the service says it sent; 0 where it does not say.</summary>
    public long RowCount => _properties.TryGetValue("RowCount", out object? count) && count is long number ? number : 0;

    public bool Replaces => ResultSchema.Text(_properties, "TableFragmentType") == "DataReplace";

    public object? OneApiErrors => _properties.TryGetValue("OneApiErrors", out object? errors) && errors is object?[] { Length: > 0 } list ? list[0] : null;

    /// <summary>True where everything that may matter for the rows is known already, so that they can be read as they come.</summary>
    public bool DescribesRows => Type switch
    {
        "DataTable" => Has("TableKind") && Has("TableName") && Has("Columns"),
        "TableFragment" => Has("TableId") && Has("TableFragmentType"),
        _ => false,
    };

    public IReadOnlyList<AdxResultColumn> Columns => ResultSchema.ReadColumns(Has("Columns") ? _properties["Columns"] : null);

    public void Set(string name, object? value) => _properties[name] = value;

    public bool Flag(string name) => _properties.TryGetValue(name, out object? value) && value is true;

    public string? Text(string name) => ResultSchema.Text(_properties, name);

    public bool Has(string name) => _properties.ContainsKey(name);

    /// <summary>The frame as a JSON value, for an error that stands in the place of a result.</summary>
    public JsonElement ToJson() => JsonValues.ToElement(_properties);
}
