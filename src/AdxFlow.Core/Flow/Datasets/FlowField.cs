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
}
