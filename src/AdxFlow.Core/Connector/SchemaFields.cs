using AdxFlow.Flow;

namespace AdxFlow.Connector;

/// <summary>The fields that columns become in a schema of Experience Platform.</summary>
internal static class SchemaFields
{
    /// <summary>Fields for columns of Azure Data Explorer. Durations, ids and dynamic values are texts there.</summary>
    public static IReadOnlyList<FlowField> Of(IEnumerable<AdxColumn> columns) => FlowField.Of(columns.Select(static column => (column.Name, TypeOf(column.Type))));

    private static FlowFieldType TypeOf(AdxType type) => type switch
    {
        AdxType.Bool => FlowFieldType.Boolean,
        AdxType.Int => FlowFieldType.Integer,
        AdxType.Long => FlowFieldType.Long,
        AdxType.Real or AdxType.Decimal => FlowFieldType.Number,
        AdxType.DateTime => FlowFieldType.DateTime,
        _ => FlowFieldType.String,
    };
}
