namespace AdxFlow;

/// <summary>A dataset of Experience Platform: where a dataflow brings its rows.</summary>
public sealed class FlowDataset
{
    /// <summary>The dataset's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id once more: what uses a dataset says which one under this name.</summary>
    public string DatasetId => Id;

    /// <summary>The dataset's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it is for, in words; empty where there are none.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The <c>$id</c> of the schema that its rows follow; null where it has none.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Whether batches keep what was wrong with each row.</summary>
    public bool ErrorDiagnostics { get; init; }

    /// <summary>Whether its rows go into real-time profiles.</summary>
    public bool IsProfileEnabled { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; init; }

    /// <summary>The dataset's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
