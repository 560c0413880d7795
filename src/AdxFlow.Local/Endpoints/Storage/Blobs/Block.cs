using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Storage.Blobs;

/// <summary>A block of a blob.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="State">Its id, and where it is kept on disk.</param>
internal sealed record Block(BlobContent Content, BlockState State);
