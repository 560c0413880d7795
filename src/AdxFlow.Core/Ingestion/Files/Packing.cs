namespace AdxFlow.Ingestion.Files;

/// <summary>What a file's content is packed in.</summary>
internal enum Packing
{
    None,
    Gzip,
    Zip,
}
