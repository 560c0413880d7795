namespace AdxFlow.Local.Persistence.Records;

/// <summary>A block: its id, and the file that holds it.</summary>
internal sealed record BlockState(string Id, Guid File);
