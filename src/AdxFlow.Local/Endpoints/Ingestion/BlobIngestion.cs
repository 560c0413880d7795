using System.Globalization;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests data into a table: all of it at once, or nothing.</summary>
internal static class BlobIngestion
{
    /// <summary>The most that one source may hold uncompressed; told as <c>maxDataSize</c>.</summary>
    public const long MaxDataSize = 6L * 1024 * 1024 * 1024;

    /// <summary>The code of data that is there already, by its tag.</summary>
    public const string Skipped = "Skipped_IngestByTagAlreadyExists";

    private const string IngestBy = "ingest-by:";

    /// <summary>Ingests data and tells what rows it was.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="sources">The data.</param>
    /// <param name="properties">How to read it.</param>
    /// <param name="operation">The operation that is completed with it; null for none.</param>
    /// <exception cref="IngestionException">It cannot be ingested; the rows of the table are as before.</exception>
    public static PendingRows Ingest(
        HostedDatabase database, string tableName, IReadOnlyList<IngestionSource> sources, IngestionProperties properties, LoggedOperation? operation = null)
    {
        while (true)
        {
            PendingRows rows = Read(database, tableName, sources, properties) with { Operation = operation };
            if (TryCommit(database, properties, rows)) return rows;
        }
    }

    /// <summary>Reads data into rows that nobody sees before they are committed.</summary>
    /// <exception cref="IngestionException">It cannot be ingested.</exception>
    public static PendingRows Read(HostedDatabase database, string tableName, IReadOnlyList<IngestionSource> sources, IngestionProperties properties)
    {
        Table table = Find(database, tableName);
        DemandNew(database, tableName, properties);
        MappingDefinition? definition = Mapping(database, tableName, properties);
        if (definition is not null && properties.MayAddColumns) AddColumns(database, table, definition);
        TableAppender appender = table.CreateAppender();
        long size;
        try
        {
            size = sources.Sum(s => Append(s, properties, definition, appender));
        }
        catch (OutOfMemoryException e)
        {
            appender.Rollback();
            throw new IngestionException("OutOfMemory", "Ingestion operation ran out of memory: " + e.Message, transient: true);
        }

        if (appender.PendingRows == 0)
            throw new IngestionException("BadRequest_NoRecordsOrWrongFormat", $"The data holds no record, or is not in the format '{properties.Format}'.");
        return new PendingRows(table, appender.TakeChunks(), size);
    }

    /// <summary>Makes rows visible and remembers their tags, unless others with such a tag came first or the rows are too old.</summary>
    /// <returns>False where the table was made anew since they were read: they have to be read for what it is now.</returns>
    /// <exception cref="IngestionException">Such others came first, the rows are too old, or the table is gone.</exception>
    /// <exception cref="InvalidOperationException">The disk does not take them.</exception>
    public static bool TryCommit(HostedDatabase database, IngestionProperties properties, PendingRows rows)
    {
        KeptRows kept = database.Log.Write(rows.Chunks);
        try
        {
            lock (database.SchemaGate)
            {
                if (Find(database, rows.Table.Name) != rows.Table) return false;
                Commit(database, properties, rows, kept);
                return true;
            }
        }
        finally
        {
            database.Log.Discard(kept);
        }
    }

    /// <summary>The same, for rows that are written already, with the gate of the schema held. The table becomes what its name means.</summary>
    public static void Commit(HostedDatabase database, IngestionProperties properties, PendingRows rows, KeptRows kept)
    {
        string name = rows.Table.Name;
        Demand(database, name, properties);
        var record = new RowsRecord(
            database.Name, name, null, rows.OriginalSize, [.. properties.Tags], rows.Replaces, DateTime.UtcNow, null, rows.Source, rows.ExtentId, properties.CreationTime)
        {
            Operation = rows.Operation is null ? null : OperationLog.Describe(rows.Operation, LoggedOperation.Ended(null)),
        };
        database.Schema.Append(rows.Table, record, kept);
        if (rows.Replaces)
        {
            database.ClearTags(name);
            rows.Table.Clear();
        }

        rows.Table.Publish(rows.Chunks, record.ToExtent(rows.Count));
        database.Data.Tables[name] = rows.Table;
        database.AddTags(name, properties.Tags);
    }

    /// <summary>Demands that no rows with such a tag came first, and that the rows are not too old.</summary>
    /// <exception cref="IngestionException">That is so.</exception>
    public static void Demand(HostedDatabase database, string table, IngestionProperties properties)
    {
        DemandNew(database, table, properties);
        DemandWithinRetention(database, table, properties);
    }

    private static Table Find(HostedDatabase database, string table) => database.Data.Tables.TryGetValue(table, out Table? found)
        ? found
        : throw new IngestionException("BadRequest_TableNotExist", $"Table '{table}' does not exist.");

    private static void DemandNew(HostedDatabase database, string table, IngestionProperties properties)
    {
        string? present = properties.IngestIfNotExists.FirstOrDefault(t => database.HasTag(table, IngestBy + t));
        if (present is not null) throw new IngestionException(Skipped, $"The table already has data with the tag '{IngestBy}{present}'.");
    }

    private static void DemandWithinRetention(HostedDatabase database, string table, IngestionProperties properties)
    {
        if (properties.CreationTime is not { } created) return;
        using JsonDocument policy = JsonDocument.Parse(database.Policies.Effective(table, "retention"));
        if (policy.RootElement.ValueKind != JsonValueKind.Object || !policy.RootElement.TryGetProperty("SoftDeletePeriod", out JsonElement period)) return;
        TimeSpan kept = TimeSpan.Parse(period.GetString()!, CultureInfo.InvariantCulture);
        if (DateTime.UtcNow - created > kept)
            throw new IngestionException("BadRequest_CreationTimeEarlierThanSoftDeletePeriod", $"The creation time is not within the SoftDeletePeriod ({kept}) of the table.");
    }

    private static long Append(IngestionSource source, IngestionProperties properties, MappingDefinition? definition, TableAppender appender)
    {
        IngestionMapping? mapping = definition is null ? null : IngestionMapping.Bind(definition, appender.Columns, source.Address);
        return SourceStreams.Read(source, properties, stream => properties.Format switch
        {
            DataFormat.Json => JsonIngestion.AppendLines(stream, properties, mapping, appender),
            DataFormat.MultiJson or DataFormat.SingleJson => JsonIngestion.AppendMultiLine(stream, properties, mapping, appender),
            _ => DelimitedIngestion.Append(stream, properties, mapping, appender),
        });
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

        // Whether or not the data is good, everybody sees them from here on.
        database.Schema.Keep();
    }
}
