namespace AdxFlow.Local.Persistence.Records;

/// <summary>The account, container and name of a blob.</summary>
internal sealed record BlobPlace(string Account, string Container, string Name);
