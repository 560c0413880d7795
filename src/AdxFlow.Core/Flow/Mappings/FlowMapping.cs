namespace AdxFlow;

/// <summary>A mapping set: which column goes into which field of a schema.</summary>
public sealed class FlowMapping
{
    /// <summary>The mapping's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what uses a mapping says which one under this name.</summary>
    public string MappingId => Id;

    /// <summary>The version, from 0 on; a dataflow names it.</summary>
    public int Version { get; init; }

    /// <summary>The version once more, under the name by which dataflows take it.</summary>
    public int MappingVersion => Version;

    /// <summary>The mapping's name; empty where it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The <c>$id</c> of the schema that the fields belong to.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The fields.</summary>
    public IReadOnlyList<FlowFieldMapping> Fields { get; init; } = [];

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>The mapping's name, or its id.</summary>
    /// <returns>The name or id.</returns>
    public override string ToString() => Name.Length > 0 ? Name : Id;
}
