namespace AdxFlow;

/// <summary>What became of the test of a mapping.</summary>
public sealed class FlowMappingTest
{
    /// <summary>The mapping that was tested; null for fields that are no mapping yet.</summary>
    public string? MappingId { get; init; }

    /// <summary>The <c>$id</c> of the schema that the fields belong to.</summary>
    public string? SchemaId { get; init; }

    /// <summary>Whether nothing is wrong with it.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>How many fields were looked at.</summary>
    public int FieldCount { get; init; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FlowMappingError> Errors { get; init; } = [];

    /// <summary>What the sample rows become, each as JSON; empty where none were given.</summary>
    public IReadOnlyList<string> Preview { get; init; } = [];

    /// <summary>Whether it is valid.</summary>
    /// <returns><c>valid</c>, or what is wrong.</returns>
    public override string ToString() => IsValid ? "valid" : string.Join("; ", Errors);
}
