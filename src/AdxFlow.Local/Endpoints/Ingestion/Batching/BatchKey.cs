namespace AdxFlow.Local.Endpoints.Ingestion.Batching;

/// <summary>What blobs have in common that may share a batch: the table, and all properties that bear on the data.</summary>
internal sealed record BatchKey(
    string Database, string Table, DataFormat Format, string? Mapping, string? MappingReference, string Tags, DateTime? CreationTime, bool IgnoreFirstRecord)
{
    public static BatchKey Of(IngestionOperation operation)
    {
        IngestionProperties properties = operation.Properties;
        return new BatchKey(
            operation.Database.Name, operation.Table, properties.Format, properties.Mapping, properties.MappingReference,
            string.Join('\n', properties.Tags), properties.CreationTime, properties.IgnoreFirstRecord);
    }
}
