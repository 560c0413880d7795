namespace AdxFlow.Local.Persistence.Records;

/// <summary>A queued blob: its address with its signature, and what the sender told.</summary>
internal sealed record QueuedBlobState(string Address, string Credential, string? SourceId, long? RawSize);
