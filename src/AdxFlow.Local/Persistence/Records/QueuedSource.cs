namespace AdxFlow.Local.Persistence.Records;

/// <summary>A queued blob, told by its operation and its place there.</summary>
internal sealed record QueuedSource(string Operation, int Blob);
