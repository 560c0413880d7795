using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>Where the value of one column comes from, as a mapping says.</summary>
internal sealed record MappingElement(string Column)
{
    /// <summary>The type of the column, where the table does not have it yet; null for none given.</summary>
    public KustoType? DataType { get; init; }

    /// <summary>The number of the field in delimited text, from 0; -1 for none.</summary>
    public int Ordinal { get; init; } = -1;

    /// <summary>A path as it was written, or null. One that does not begin with $ is a constant.</summary>
    public string? Path { get; init; }

    /// <summary>The path, read; null where there is none.</summary>
    public JsonPath? ParsedPath { get; init; }

    /// <summary>The name of a field, or null.</summary>
    public string? Field { get; init; }

    /// <summary>A value that is always the same, or null.</summary>
    public string? Constant { get; init; }

    public MappingTransform Transform { get; init; }
}
