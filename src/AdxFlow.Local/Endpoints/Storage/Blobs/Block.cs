namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A block of a blob.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="File">The file that holds it, where it is kept on disk.</param>
internal sealed record Block(BlobContent Content, Guid File);
