namespace AdxFlow.Flow;

/// <summary>A mapping as it is to be made or tested.</summary>
internal sealed record FlowMappingDefinition
{
    public string? Name { get; init; }

    /// <summary>The <c>$id</c> of the schema.</summary>
    public required string SchemaId { get; init; }

    /// <summary>The schema's major version.</summary>
    public int SchemaVersion { get; init; } = 1;

    public required IReadOnlyList<FlowFieldMapping> Fields { get; init; }

    /// <exception cref="FlowException"><c>FlowMappingEmpty</c>, <c>FlowInvalidMapping</c>: it cannot be meant so. Nothing was sent.</exception>
    public void Check()
    {
        if (Fields.Count == 0)
            throw FlowRefusal.Of("FlowMappingEmpty", "A mapping needs at least one field.", "Give -Field, or -Column with columns whose names the schema's fields have.");
        if (Fields.FirstOrDefault(static field => string.IsNullOrWhiteSpace(field.Destination) || string.IsNullOrWhiteSpace(field.Source)) is { } empty)
            throw FlowRefusal.Of("FlowInvalidMapping", $"'{empty}' lacks the field or its source.", "Give each field as '<path of the field>' = '<column>'.");
        if (Fields.GroupBy(static field => field.Destination, StringComparer.Ordinal).FirstOrDefault(static field => field.Count() > 1) is { } twice)
            throw FlowRefusal.Of("FlowInvalidMapping", $"Field '{twice.Key}' is mapped more than once: from {string.Join(" and ", twice.Select(static field => $"'{field.Source}'"))}.", "A field has one source; an expression can join several columns.");
    }
}
