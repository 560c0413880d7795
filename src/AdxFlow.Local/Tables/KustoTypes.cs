namespace AdxFlow.Local.Tables;

/// <summary>Names of the Kusto types: in schemas, in KQL and in v1 responses.</summary>
internal static class KustoTypes
{
    /// <summary>The canonical KQL name, such as <c>datetime</c>.</summary>
    public static string Name(KustoType type) => type switch
    {
        KustoType.Bool => "bool",
        KustoType.Int => "int",
        KustoType.Long => "long",
        KustoType.Real => "real",
        KustoType.Decimal => "decimal",
        KustoType.DateTime => "datetime",
        KustoType.TimeSpan => "timespan",
        KustoType.Guid => "guid",
        KustoType.String => "string",
        KustoType.Dynamic => "dynamic",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The <c>DataType</c> a v1 response carries for the column.</summary>
    public static string ClrName(KustoType type) => type switch
    {
        KustoType.Bool => "Boolean",
        KustoType.Int => "Int32",
        KustoType.Long => "Int64",
        KustoType.Real => "Double",
        KustoType.Decimal => "SqlDecimal",
        KustoType.DateTime => "DateTime",
        KustoType.TimeSpan => "TimeSpan",
        KustoType.Guid => "Guid",
        KustoType.String => "String",
        KustoType.Dynamic => "Object",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads a type name or one of its documented aliases; case-sensitive, as KQL is.</summary>
    public static bool TryParse(string name, out KustoType type)
    {
        KustoType? found = name switch
        {
            "bool" or "boolean" => KustoType.Bool,
            "int" => KustoType.Int,
            "long" => KustoType.Long,
            "real" or "double" => KustoType.Real,
            "decimal" => KustoType.Decimal,
            "datetime" or "date" => KustoType.DateTime,
            "timespan" or "time" => KustoType.TimeSpan,
            "guid" or "uuid" or "uniqueid" => KustoType.Guid,
            "string" => KustoType.String,
            "dynamic" => KustoType.Dynamic,
            _ => null,
        };
        type = found.GetValueOrDefault();
        return found.HasValue;
    }
}
