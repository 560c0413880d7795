using System.IO.Compression;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests data into a table: all of it at once, or nothing.</summary>
internal static class BlobIngestion
{
    /// <summary>The most that one source may hold uncompressed; told as <c>maxDataSize</c>.</summary>
    public const long MaxDataSize = 6L * 1024 * 1024 * 1024;

    private const string IngestBy = "ingest-by:";

    /// <summary>Ingests a blob and tells the number of its rows. The ending .gz of its name says that it is compressed.</summary>
    /// <exception cref="IngestionException">It cannot be ingested; the table is as before.</exception>
    public static long Ingest(HostedDatabase database, string tableName, BlobContent content, string name, IngestionProperties properties)
    {
        if (!database.Data.Tables.TryGetValue(tableName, out Table? table))
            throw new IngestionException("BadRequest_TableNotExist", $"Table '{tableName}' does not exist.");
        string? present = properties.IngestIfNotExists.FirstOrDefault(t => database.HasTag(tableName, IngestBy + t));
        if (present is not null)
            throw new IngestionException("Skipped_IngestByTagAlreadyExists", $"The table already has data with the tag '{IngestBy}{present}'.");
        if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            throw new IngestionException("LocalStandIn_NotSupported", "The local stand-in does not ingest zip archives. They may be valid on a cluster.");

        TableAppender appender = table.CreateAppender();
        IngestionMapping? mapping = Mapping(properties, appender.Columns);
        long size;
        try
        {
            size = Append(content, name, properties, mapping, appender);
        }
        catch (InvalidDataException e)
        {
            throw new IngestionException("BadRequest_InvalidBlob", "The blob is invalid: " + e.Message);
        }

        long rows = appender.PendingRows;
        if (rows == 0)
            throw new IngestionException("BadRequest_NoRecordsOrWrongFormat", $"The data holds no record, or is not in the format '{properties.Format}'.");
        appender.Commit(size);
        database.AddTags(tableName, properties.Tags);
        return rows;
    }

    private static long Append(BlobContent content, string name, IngestionProperties properties, IngestionMapping? mapping, TableAppender appender)
    {
        bool compressed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using Stream raw = content.OpenRead();
        using Stream decompressed = compressed ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var source = new BoundedStream(decompressed, MaxDataSize);
        long size;
        try
        {
            size = properties.Format switch
            {
                DataFormat.Json => JsonIngestion.AppendLines(source, properties, mapping, appender),
                DataFormat.MultiJson => JsonIngestion.AppendMultiLine(source, properties, mapping, appender),
                _ => DelimitedIngestion.Append(source, properties, mapping, appender),
            };
        }
        catch (ServiceException e) when (e.Status == 413)
        {
            throw new IngestionException("BadRequest_FileTooLarge", $"The data is larger than {MaxDataSize} bytes.");
        }

        if (compressed && content.Length > 0) GzipIntegrity.Verify(content, size);
        return size;
    }

    private static IngestionMapping? Mapping(IngestionProperties properties, IReadOnlyList<Column> columns)
    {
        if (properties.Mapping is not null && properties.MappingReference is not null)
            throw new IngestionException("BadRequest_DuplicateMapping", "Ingestion properties include both ingestionMapping and ingestionMappingReference.");
        if (properties.MappingReference is not null)
            throw new IngestionException("BadRequest_MappingReferenceWasNotFound", $"Mapping reference '{properties.MappingReference}' was not found.");
        return properties.Mapping is null ? null : IngestionMapping.Parse(properties.Mapping, columns, DataFormats.IsJson(properties.Format));
    }
}
