using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds <c>getschema</c>: the columns of a table as rows.</summary>
internal static class GetSchemaBinder
{
    public static ChunkSource Bind(TabularOperator input)
    {
        ResultSet schema = ResultSet.FromRows(
            [new Column("ColumnName", KustoType.String), new Column("ColumnOrdinal", KustoType.Long), new Column("DataType", KustoType.String), new Column("ColumnType", KustoType.String)],
            input.Schema.Select((c, i) => new object?[] { c.Name, (long)i, DataType(c.Type), KustoTypes.Name(c.Type) }));
        return new ChunkSource(schema.Columns, [.. schema.Chunks]);
    }

    // The names the service gives here are those of .NET, with bool as a signed byte.
    private static string DataType(KustoType type) => type switch
    {
        KustoType.Bool => "System.SByte",
        KustoType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        _ => $"System.{KustoTypes.ClrName(type)}",
    };
}
