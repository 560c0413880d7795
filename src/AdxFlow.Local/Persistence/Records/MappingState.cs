using AdxFlow.Local.Endpoints.Mappings;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A stored mapping.</summary>
internal sealed record MappingState(string Name, MappingKind Kind, string Mapping, DateTime UpdatedOn);
