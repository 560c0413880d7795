using System.Globalization;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Queued ingestion by commands: handing blobs of a container over, showing and canceling operations.</summary>
/// <remarks>Source: Microsoft Learn, ".ingest-from-storage-queued", ".list blobs", ".show queued ingestion operations",
/// ".cancel queued ingestion operation".</remarks>
internal static class QueuedIngestionCommands
{
    private const int MaxListed = 1000;

    private static readonly Column[] QueuedColumns =
        [new("IngestionOperationId", KustoType.String), new("ClientRequestId", KustoType.String), new("OperationInfo", KustoType.String)];

    private static readonly Column[] BlobColumns =
        [new("BlobUri", KustoType.String), new("SizeInBytes", KustoType.Long), new("CapturedVariables", KustoType.Dynamic)];

    private static readonly Column[] OperationsColumns =
    [
        new("IngestionOperationId", KustoType.String), new("StartedOn", KustoType.DateTime), new("LastUpdatedOn", KustoType.DateTime), new("State", KustoType.String),
        new("Discovered", KustoType.Long), new("Pending", KustoType.Long), new("Canceled", KustoType.Long), new("Ingested", KustoType.Long), new("Failed", KustoType.Long),
        new("SampleFailedReasons", KustoType.String), new("Database", KustoType.String), new("Table", KustoType.String),
    ];

    private static readonly Column[] DetailsColumns =
    [
        new("IngestionOperationId", KustoType.String), new("BlobUrl", KustoType.String), new("IngestionStatus", KustoType.String),
        new("StartedAt", KustoType.DateTime), new("CompletedAt", KustoType.DateTime), new("FailedReason", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("ingest-from-storage-queued into table", Queue),
        new("list blobs", ListBlobs),
        new("show queued ingestion operations", ShowOperations),
        new("cancel queued ingestion operation", Cancel),
    ];

    private static ResultSet Queue(CommandContext context, CommandReader reader)
    {
        HostedDatabase database = ReadDatabase(context, reader);
        string table = reader.ReadName("the name of a table");
        bool tracks = false;
        bool skipsBatching = false;
        double factor = 0;
        while (reader.Next.Kind == CommandTokenKind.Word && !reader.Next.IsWord("with"))
        {
            if (TryOption(reader, "EnableTracking"))
                tracks = ReadFlag(reader);
            else if (TryOption(reader, "SkipBatching"))
                skipsBatching = ReadFlag(reader);
            else if (TryOption(reader, "CompressionFactor"))
                factor = ReadReal(reader);
            else
                throw reader.Unexpected("EnableTracking, SkipBatching, CompressionFactor, 'with' or '<|'");
        }

        Dictionary<string, string> with = reader.ReadProperties();
        reader.ExpectMark("<|");
        database.Access.DemandIngest(context.Caller, table);
        database.Table(table);
        List<QueuedBlob> blobs = [.. ReadSources(context, reader).Select(l => new QueuedBlob(l, null, Size(context, l, factor)))];
        reader.ExpectEnd();
        IngestionProperties properties = IngestionProperties.FromCommand(with, blobs.Count > 0 ? blobs[0].Address : "") with { EnableTracking = tracks, SkipBatching = skipsBatching };
        var operation = new IngestionOperation(database, table, properties, blobs, context.Caller);
        context.Services.Ingestion.Add(operation);
        return ResultSet.FromRows(QueuedColumns, [[operation.Id, context.ClientRequestId, $".show queued ingestion operations \"{operation.Id}\""]]);
    }

    /// <summary>The size of a compressed blob, if the command tells how much it grows.</summary>
    private static long? Size(CommandContext context, StorageLocator locator, double factor)
    {
        if (factor <= 0) return null;
        try
        {
            return (long)(context.Services.Blobs.Find(locator).Blob.Content.Length * factor);
        }
        catch (IngestionException)
        {
            // It is told where the blob is ingested.
            return null;
        }
    }

    private static List<StorageLocator> ReadSources(CommandContext context, CommandReader reader)
    {
        if (reader.TryMark("."))
        {
            reader.ExpectWord("list");
            reader.ExpectWord("blobs");
            (StorageLocator container, IEnumerable<StoredBlob> listed) = ReadList(context, reader);
            return [.. listed.Select(b => new StorageLocator(new Uri(b.Address + container.Uri.Query), container.Credential))];
        }

        // Addresses stand one below the other, without commas.
        var locators = new List<StorageLocator>();
        while (reader.Next.Kind == CommandTokenKind.Literal)
        {
            locators.Add(ParseLocator(reader.Take().Text));
            reader.TryMark(",");
        }

        return locators.Count > 0 ? locators : throw reader.Unexpected("the address of a blob or '.list blobs'");
    }

    private static ResultSet ListBlobs(CommandContext context, CommandReader reader)
    {
        AccessControl.Demand(context.Services.Databases.Any(d => d.Access.CanIngestAnywhere(context.Caller)), context.Caller, "Ingest", "'any database'");
        (_, IEnumerable<StoredBlob> listed) = ReadList(context, reader);
        reader.ExpectEnd();
        return ResultSet.FromRows(BlobColumns, listed.Take(MaxListed).Select(b => new object?[] { b.Address, b.Blob.Content.Length, null }));
    }

    private static (StorageLocator Container, IEnumerable<StoredBlob> Listed) ReadList(CommandContext context, CommandReader reader)
    {
        reader.ExpectMark("(");
        StorageLocator locator = ParseLocator(reader.ReadLiteral("a storage connection string"));
        if (reader.Next.IsMark(",")) throw ServiceException.BadRequest("Only one storage connection string is supported.");
        reader.ExpectMark(")");
        string suffix = "";
        int most = int.MaxValue;
        while (reader.Next.Kind == CommandTokenKind.Word)
        {
            if (TryOption(reader, "Suffix"))
                suffix = reader.ReadLiteral("a suffix");
            else if (TryOption(reader, "MaxFiles"))
                most = ReadCount(reader);
            else if (TryOption(reader, "PathFormat"))
                throw ServiceException.NotSupported("The local stand-in has no PathFormat in '.list blobs'.");
            else
                throw reader.Unexpected("Suffix, MaxFiles or PathFormat");
        }

        try
        {
            return (locator, [.. context.Services.Blobs.List(locator).Where(b => b.Name.EndsWith(suffix, StringComparison.Ordinal)).Take(most)]);
        }
        catch (IngestionException e)
        {
            throw ServiceException.BadRequest(e.Message, e.Code);
        }
    }

    /// <summary><c>database('name').</c>, if it comes; else the database of the request.</summary>
    private static HostedDatabase ReadDatabase(CommandContext context, CommandReader reader)
    {
        if (!reader.Next.IsWord("database") || !reader.PeekSecond().IsMark("(")) return context.Database;
        reader.Take();
        reader.ExpectMark("(");
        string name = reader.ReadLiteral("the name of a database");
        reader.ExpectMark(")");
        reader.ExpectMark(".");
        return context.Services.Database(name);
    }

    private static StorageLocator ParseLocator(string text) =>
        StorageLocator.Parse(text) ?? throw ServiceException.BadRequest("The address of a blob is not an absolute http or https address.", "BadRequest_InvalidBlobUri");

    private static bool TryOption(CommandReader reader, string name)
    {
        if (!reader.Next.IsWord(name) || !reader.PeekSecond().IsMark("=")) return false;
        reader.Take();
        reader.Take();
        return true;
    }

    private static bool ReadFlag(CommandReader reader) =>
        reader.TryWord("true") || (reader.TryWord("false") ? false : throw reader.Unexpected("true or false"));

    private static int ReadCount(CommandReader reader)
    {
        CommandToken token = reader.Next;
        if (token.Kind != CommandTokenKind.Word || !int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) throw reader.Unexpected("a number");
        reader.Take();
        return count;
    }

    private static double ReadReal(CommandReader reader)
    {
        string text = ReadCount(reader).ToString(CultureInfo.InvariantCulture);
        if (reader.TryMark(".")) text += "." + reader.Take().Text;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 ? number : throw reader.Error($"'{text}' is not a factor above zero.");
    }

    private static ResultSet Cancel(CommandContext context, CommandReader reader)
    {
        IngestionOperation operation = FindOperation(context, reader.ReadLiteral("the id of an operation"));
        reader.ExpectEnd();
        operation.Database.Access.DemandIngest(context.Caller, operation.Table);
        context.Services.Ingestion.Cancel(operation);
        return ResultSet.FromRows(OperationsColumns, [Summary(operation)]);
    }

    private static IngestionOperation FindOperation(CommandContext context, string id) =>
        context.Services.Ingestion.Find(id) ?? throw ServiceException.BadRequest($"Ingestion operation '{id}' was not found.", "BadRequest_EntityNotFound");

    private static ResultSet ShowOperations(CommandContext context, CommandReader reader)
    {
        var ids = new List<string>();
        if (reader.TryMark("("))
        {
            do ids.Add(reader.ReadLiteral("the id of an operation"));
            while (reader.TryMark(","));
            reader.ExpectMark(")");
        }
        else
        {
            ids.Add(reader.ReadLiteral("the id of an operation"));
        }

        bool details = reader.TryWord("details");
        reader.ExpectEnd();
        List<IngestionOperation> operations = [.. ids.Select(id => FindOperation(context, id))];
        foreach (IngestionOperation operation in operations)
            operation.Database.Access.DemandIngest(context.Caller, operation.Table);
        return details
            ? ResultSet.FromRows(DetailsColumns, operations.SelectMany(DetailRows))
            : ResultSet.FromRows(OperationsColumns, operations.Select(Summary));
    }

    private static object?[] Summary(IngestionOperation operation)
    {
        // One look at each blob, so that the numbers make the whole.
        List<QueuedBlob.State> blobs = [.. operation.Blobs.Select(b => b.Current)];
        long Count(params BlobStatus[] statuses) => blobs.Count(b => statuses.Contains(b.Status));
        long pending = Count(BlobStatus.Queued, BlobStatus.InProgress);
        long canceled = Count(BlobStatus.Canceled);
        long failed = Count(BlobStatus.Failed);
        string state = canceled > 0 ? "Canceled" : pending > 0 ? "InProgress" : failed > 0 ? "Failed" : "Completed";
        string reasons = string.Join("; ", blobs.Select(b => b.Error?.Message).OfType<string>().Distinct().Take(3));
        DateTime updated = blobs.Select(b => b.UpdatedOn).DefaultIfEmpty(operation.StartedOn).Max();
        return
        [
            operation.Id, operation.StartedOn, updated, state, (long)blobs.Count, pending, canceled, Count(BlobStatus.Succeeded), failed, reasons,
            operation.Database.Name, operation.Table,
        ];
    }

    private static IEnumerable<object?[]> DetailRows(IngestionOperation operation)
    {
        foreach (QueuedBlob blob in operation.Blobs)
        {
            QueuedBlob.State state = blob.Current;
            bool ended = state.Status is not (BlobStatus.Queued or BlobStatus.InProgress);
            string status = state.Status == BlobStatus.Queued ? "Pending" : state.Status.ToString();
            yield return [operation.Id, blob.Address, status, operation.StartedOn, ended ? state.UpdatedOn : null, state.Error?.Message ?? ""];
        }
    }
}
