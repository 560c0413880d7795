namespace AdxFlow.Adx;

/// <summary>
/// The texts of the commands about mappings, each built from <see cref="Kql"/> names and literals only. A mapping is one literal:
/// of several in a row, as the documentation shows them, the grammar takes the first.
/// Source: <see href="https://learn.microsoft.com/kusto/management/create-ingestion-mapping-command"/>.
/// </summary>
internal static class MappingCommands
{
    public static string ShowTableMappings(string table) => $".show {TableScope(table)} ingestion mappings";

    public static string ShowDatabaseMappings(string database) => $".show {DatabaseScope(database)} ingestion mappings";

    /// <summary><c>.create</c>, which fails where there is one of that name and kind, or <c>.create-or-alter</c>, which replaces it.</summary>
    public static string CreateMapping(string scope, AdxMappingDefinition mapping, bool replace) =>
        $"{(replace ? ".create-or-alter" : ".create")} {scope} ingestion {KindName(mapping.Kind)} mapping {MappingName(mapping.Name)} {Kql.String(MappingJson.Write(mapping.Columns))}";

    public static string DropMapping(string scope, AdxMappingKind kind, string name) => $".drop {scope} ingestion {KindName(kind)} mapping {MappingName(name)}";

    public static string TableScope(string table) => "table " + Kql.Name(table);

    public static string DatabaseScope(string database) => "database " + Kql.Name(database);

    /// <summary>In these commands a name of a mapping is a text, not a reference.</summary>
    private static string MappingName(string name) => Kql.String(Kql.CheckedName(name));

    private static string KindName(AdxMappingKind kind) => kind switch
    {
        AdxMappingKind.Csv => "csv",
        AdxMappingKind.Json => "json",
        AdxMappingKind.Avro => "avro",
        AdxMappingKind.Parquet => "parquet",
        AdxMappingKind.Orc => "orc",
        AdxMappingKind.W3CLogFile => "w3clogfile",
        _ => throw new AdxException("AdxInvalidMapping", AdxErrorKind.InvalidArgument, $"'{kind}' is not a kind of mapping that can be made or dropped.")
        {
            RecommendedAction = "The kinds are csv, json, avro, parquet, orc and w3clogfile.",
        },
    };
}
