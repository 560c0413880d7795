namespace AdxFlow.Local.Persistence.Records;

/// <summary>A collection of a sandbox, and an id in it.</summary>
internal sealed record WorkspaceKey(string Collection, string Id);
