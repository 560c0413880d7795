namespace AdxFlow.Flow;

/// <summary>A field of a schema that is to be made, and the column that it is for.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Name">The field's name, as schemas allow it.</param>
/// <param name="Type">Its type.</param>
internal sealed record FlowField(string Column, string Name, FlowFieldType Type)
{
    /// <summary>Fields for columns: with names that schemas allow, and no two of them the same.</summary>
    public static IReadOnlyList<FlowField> Of(IEnumerable<(string Column, FlowFieldType Type)> columns)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var fields = new List<FlowField>();
        foreach ((string column, FlowFieldType type) in columns)
            fields.Add(new FlowField(column, FieldNames.Distinct(FieldNames.Of(column), taken), type));
        return fields;
    }

    /// <summary>Fields for columns as a connector tells of them.</summary>
    public static IReadOnlyList<FlowField> Of(IEnumerable<FlowColumn> columns) => Of(columns.Select(static column => (column.Name, TypeOf(column.XdmType ?? column.Type))));

    private static FlowFieldType TypeOf(string? type) => type?.ToUpperInvariant() switch
    {
        "BOOLEAN" => FlowFieldType.Boolean,
        "INTEGER" or "INT" or "SHORT" or "BYTE" => FlowFieldType.Integer,
        "LONG" => FlowFieldType.Long,
        "NUMBER" or "DOUBLE" or "FLOAT" or "DECIMAL" => FlowFieldType.Number,
        "DATE-TIME" or "DATETIME" => FlowFieldType.DateTime,
        _ => FlowFieldType.String,
    };
}
