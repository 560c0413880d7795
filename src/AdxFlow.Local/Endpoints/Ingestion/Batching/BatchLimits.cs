namespace AdxFlow.Local.Endpoints.Ingestion.Batching;

/// <summary>When a batch is sealed: at which age, number of blobs or uncompressed size.</summary>
internal readonly record struct BatchLimits(TimeSpan Time, int Items, long Bytes);
