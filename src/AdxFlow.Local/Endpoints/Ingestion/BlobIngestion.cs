using System.IO.Compression;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests data into a table: all of it at once, or nothing.</summary>
internal static class BlobIngestion
{
    /// <summary>The most that one source may hold uncompressed; told as <c>maxDataSize</c>.</summary>
    public const long MaxDataSize = 6L * 1024 * 1024 * 1024;

    private const string IngestBy = "ingest-by:";

    /// <summary>Ingests a blob and tells the number of its rows.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="content">The data.</param>
    /// <param name="source">The address of the data, whose ending .gz says that it is compressed; empty for data in a command.</param>
    /// <param name="properties">How to read it.</param>
    /// <exception cref="IngestionException">It cannot be ingested; the rows of the table are as before.</exception>
    public static long Ingest(HostedDatabase database, string tableName, BlobContent content, string source, IngestionProperties properties)
    {
        if (!database.Data.Tables.TryGetValue(tableName, out Table? table))
            throw new IngestionException("BadRequest_TableNotExist", $"Table '{tableName}' does not exist.");
        string? present = properties.IngestIfNotExists.FirstOrDefault(t => database.HasTag(tableName, IngestBy + t));
        if (present is not null)
            throw new IngestionException("Skipped_IngestByTagAlreadyExists", $"The table already has data with the tag '{IngestBy}{present}'.");
        if (source.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            throw new IngestionException("LocalStandIn_NotSupported", "The local stand-in does not ingest zip archives. They may be valid on a cluster.");

        MappingDefinition? definition = Mapping(database, tableName, properties);
        if (definition is not null && source.Length > 0) AddColumns(database, table, definition);
        TableAppender appender = table.CreateAppender();
        IngestionMapping? mapping = definition is null ? null : IngestionMapping.Bind(definition, appender.Columns, source);
        long size;
        try
        {
            size = Append(content, source, properties, mapping, appender);
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

    private static MappingDefinition? Mapping(HostedDatabase database, string table, IngestionProperties properties)
    {
        MappingKind kind = DataFormats.IsJson(properties.Format) ? MappingKind.Json : MappingKind.Csv;
        if (properties.Mapping is not null && properties.MappingReference is not null)
            throw new IngestionException("BadRequest_DuplicateMapping", "Ingestion properties include both ingestionMapping and ingestionMappingReference.");
        if (properties.MappingReference is not null)
            return (database.Mappings.Resolve(table, kind, properties.MappingReference)
                ?? throw new IngestionException("BadRequest_MappingReferenceWasNotFound", $"Mapping reference '{properties.MappingReference}' of kind {kind} was not found.")).Definition;
        return properties.Mapping is null ? null : MappingDefinition.Parse(properties.Mapping, kind);
    }

    /// <summary>In queued ingestion a mapping adds the columns that the table lacks, if it tells their types.</summary>
    private static void AddColumns(HostedDatabase database, Table table, MappingDefinition definition)
    {
        List<Column> missing = [.. definition.Elements
            .Where(e => e.DataType is not null && !table.Columns.Any(c => c.Name == e.Column))
            .Select(e => new Column(e.Column, e.DataType!.Value))
            .DistinctBy(c => c.Name)];
        if (missing.Count == 0) return;
        lock (database.SchemaGate)
            table.MergeColumns(missing.Where(m => !table.Columns.Any(c => c.Name == m.Name)));
    }
}
