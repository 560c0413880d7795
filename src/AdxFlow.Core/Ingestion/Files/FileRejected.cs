namespace AdxFlow.Ingestion.Files;

/// <summary>A file was not sent; the others are.</summary>
/// <param name="File">The file.</param>
/// <param name="Failure">What is wrong with it.</param>
public sealed record FileRejected(FileIngestion File, AdxFileException Failure) : IngestionEvent;
