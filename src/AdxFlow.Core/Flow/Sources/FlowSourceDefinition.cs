namespace AdxFlow.Flow;

/// <summary>A source as it is to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; null for nothing.</param>
/// <param name="IsDraft">Whether it is to be a draft.</param>
internal sealed record FlowSourceDefinition(string Name, string? Description = null, bool IsDraft = false);
