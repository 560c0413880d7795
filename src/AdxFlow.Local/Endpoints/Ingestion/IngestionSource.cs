using AdxFlow.Local.Endpoints.Storage.Blobs;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Data to ingest.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Address">Where they come from, whose ending tells the compression; empty for data in a command or request.</param>
internal readonly record struct IngestionSource(BlobContent Content, string Address);
