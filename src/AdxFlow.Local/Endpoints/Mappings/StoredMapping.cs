namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>A mapping under its name.</summary>
/// <param name="Name">The name, which is case-sensitive.</param>
/// <param name="Definition">What it says.</param>
/// <param name="UpdatedOn">When it was last set.</param>
internal sealed record StoredMapping(string Name, MappingDefinition Definition, DateTime UpdatedOn)
{
    /// <summary>The kind as listings tell it.</summary>
    public string KindName => Definition.Kind switch
    {
        MappingKind.Csv => "CSV",
        MappingKind.Json => "JSON",
        MappingKind.Avro => "Avro",
        MappingKind.Orc => "ORC",
        MappingKind.W3CLogFile => "W3CLogFile",
        _ => "Parquet",
    };
}
