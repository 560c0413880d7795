namespace AdxFlow;

/// <summary>A target connection: a dataset as the end of a dataflow.</summary>
public sealed class FlowTarget
{
    /// <summary>The target's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what uses a target says which one under this name.</summary>
    public string TargetId => Id;

    /// <summary>The target's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it is for, in words; empty where there are none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The dataset; null for a target that is none.</summary>
    public string? DatasetId { get; init; }

    /// <summary>The <c>$id</c> of the schema that the dataset follows.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The specification of the connection; the data lake's for a dataset.</summary>
    public string? ConnectionSpecId { get; init; }

    /// <summary>The service's word for its state, such as <c>enabled</c> or <c>draft</c>.</summary>
    public string? State { get; init; }

    /// <summary>The version that a change must name, with its own double quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; init; }

    /// <summary>The target's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
