using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>The table into which the result of a query goes, and how.</summary>
internal sealed record QueryTarget(string Name, IngestionProperties Properties)
{
    public bool MustBeNew { get; init; }

    public bool MustExist { get; init; }

    public bool Replaces { get; init; }

    public bool ExtendsSchema { get; init; }

    public bool RecreatesSchema { get; init; }

    public string? Folder { get; init; }

    public string? DocString { get; init; }

    /// <summary>Checks that the caller may do it, and that the table is there or not as it must be.</summary>
    public void Demand(CommandContext context)
    {
        AccessControl access = context.Database.Access;
        bool exists = context.Database.Data.Tables.ContainsKey(Name);
        if (exists && MustBeNew) throw ServiceException.AlreadyExists($"Table '{Name}' already exists.");
        if (!exists && MustExist) throw ServiceException.TableNotFound(Name);
        if (!exists)
            access.DemandCreateTable(context.Caller);
        else if (Replaces || ExtendsSchema)
            access.DemandAdminister(context.Caller, Name, "TableSetOrReplaceCommand");
        else
            access.DemandIngest(context.Caller, Name);
    }

    /// <summary>Takes the rows of the results, all at once.</summary>
    /// <param name="context">The command.</param>
    /// <param name="results">The results.</param>
    /// <param name="operation">The operation that is completed with it; null for none.</param>
    /// <param name="keepsDetails">Whether the operation keeps what was made.</param>
    /// <returns>The extent that they are; without an id where there are none.</returns>
    /// <exception cref="IngestionException">The rows do not fit the table, or are there already.</exception>
    public ExtentDetails Ingest(CommandContext context, IReadOnlyList<ResultSet> results, LoggedOperation? operation, bool keepsDetails)
    {
        if (results.Count != 1) throw ServiceException.BadRequest("The query must have one result.");
        ResultSet result = results[0];
        List<RowChunk> chunks = [.. result.Chunks.SelectMany(Settle)];
        (long rows, long size) = (chunks.Sum(c => (long)c.Count), chunks.Sum(Size));
        var extent = Guid.NewGuid();
        var made = new ExtentDetails(rows == 0 ? Guid.Empty : extent, size, rows);
        if (operation is not null && keepsDetails) operation.Details = made;
        KeptRows kept = context.Database.Log.Write(chunks);
        try
        {
            lock (context.Database.SchemaGate)
            {
                // What is refused leaves nothing behind: neither a table, nor a column or a folder of one.
                BlobIngestion.Demand(context.Database, Name, Properties);
                bool isNew = !context.Database.Data.Tables.ContainsKey(Name);
                Table table = Prepare(context, result.Columns);
                try
                {
                    BlobIngestion.Commit(context.Database, Properties, new PendingRows(table, chunks, size) { Replaces = Replaces, Operation = operation, ExtentId = extent }, kept);
                }
                catch (InvalidOperationException) when (isNew)
                {
                    context.Database.RemoveTable(Name);
                    throw;
                }
            }
        }
        catch
        {
            context.Database.Log.Discard(kept);
            throw;
        }

        return made;
    }

    private Table Prepare(CommandContext context, IReadOnlyList<Column> columns)
    {
        if (!context.Database.Data.Tables.TryGetValue(Name, out Table? table))
        {
            if (MustExist) throw new IngestionException("BadRequest_TableNotExist", $"Table '{Name}' does not exist.");
            TableCommands.Add(context, Name, [.. columns], []);
            table = context.Database.Table(Name);
        }
        else if (MustBeNew)
        {
            throw ServiceException.AlreadyExists($"Table '{Name}' already exists.");
        }
        else if (RecreatesSchema)
        {
            table = new Table(Name, columns, table.Folder, table.DocString);
        }
        else
        {
            bool extends = ExtendsSchema && columns.Count > table.Columns.Count;
            DemandSameTypes(table, columns, extends);
            if (extends) Extend(table, columns);
        }

        if (Folder is not null) table.Folder = Folder;
        if (DocString is not null) table.DocString = DocString;
        return table;
    }

    private static void Extend(Table table, IReadOnlyList<Column> columns)
    {
        List<Column> added = [.. columns.Skip(table.Columns.Count)];
        Column? known = added.Find(a => table.Columns.Any(c => c.Name == a.Name));
        if (known is not null) throw new IngestionException("General_BadRequest", $"The schema can only be extended at its end: column '{known.Name}' is in the table already.");
        table.MergeColumns(added);
    }

    private static void DemandSameTypes(Table table, IReadOnlyList<Column> columns, bool mayHaveMore)
    {
        if (columns.Take(mayHaveMore ? table.Columns.Count : columns.Count).Select(c => c.Type).SequenceEqual(table.Columns.Select(c => c.Type))) return;
        static string Types(IEnumerable<Column> of) => string.Join(',', of.Select(c => KustoTypes.Name(c.Type)));
        throw new IngestionException("General_BadRequest", $"Query schema does not match table schema. QuerySchema=('{Types(columns)}'), TableSchema=('{Types(table.Columns)}').");
    }

    /// <summary>Chunks with all their columns at hand, none larger than a table has them.</summary>
    private static IEnumerable<RowChunk> Settle(RowChunk chunk)
    {
        for (int start = 0; start < chunk.Count; start += RowChunk.MaxRows)
        {
            int count = Math.Min(RowChunk.MaxRows, chunk.Count - start);
            RowChunk part = count == chunk.Count ? chunk : chunk.Select([.. Enumerable.Range(start, count)]);
            yield return new RowChunk(part.Columns, count);
        }
    }

    private static long Size(RowChunk chunk) => chunk.Columns.Sum(column => column.Type switch
    {
        KustoType.Bool => chunk.Count,
        KustoType.Int => 4L * chunk.Count,
        KustoType.Guid or KustoType.Decimal or KustoType.Dynamic => 16L * chunk.Count,
        KustoType.String => column.Values<string>().Take(chunk.Count).Sum(s => (long)s.Length),
        _ => 8L * chunk.Count,
    });
}
