using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A blob of the stand-in's own storage.</summary>
internal sealed record StoredBlob(BlobContainer Container, string Name, string Address, Blob Blob);
