using System.Text;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Ingesting data that stands in the command, and showing what became of queued data.</summary>
/// <remarks>Source: Microsoft Learn, ".ingest inline", ".show queued ingestion operations", ".show ingestion failures".</remarks>
internal static class IngestionCommands
{
    private static readonly Column[] ExtentColumns = [new("ExtentId", KustoType.Guid)];

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

    private static readonly Column[] FailuresColumns =
    [
        new("OperationId", KustoType.Guid), new("Database", KustoType.String), new("Table", KustoType.String), new("FailedOn", KustoType.DateTime),
        new("IngestionSourcePath", KustoType.String), new("Details", KustoType.String), new("FailureKind", KustoType.String), new("RootActivityId", KustoType.Guid),
        new("OperationKind", KustoType.String), new("OriginatesFromUpdatePolicy", KustoType.Bool), new("ErrorCode", KustoType.String), new("Principal", KustoType.String),
        new("ShouldRetry", KustoType.Bool), new("User", KustoType.String), new("IngestionProperties", KustoType.String),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("ingest inline into table", IngestInline),
        new("show queued ingestion operations", ShowOperations),
        new("show ingestion failures", ShowFailures),
    ];

    private static ResultSet IngestInline(CommandContext context, CommandReader reader)
    {
        string table = reader.ReadName("the name of a table");
        if (reader.Next.IsMark("[")) throw ServiceException.NotSupported("The local stand-in takes inline data behind <| only, not in brackets.");
        IngestionProperties properties = IngestionProperties.FromCommand(reader.ReadProperties());
        if (!reader.Next.IsMark("<|")) throw reader.Unexpected("'<|'");
        string data = reader.Text[reader.Next.End..];
        context.Database.Access.DemandIngest(context.Caller, table);
        context.Database.Table(table);
        try
        {
            BlobIngestion.Ingest(context.Database, table, BlobContent.FromBytes(Encoding.UTF8.GetBytes(TrimLineStart(data))), "", properties);
        }
        catch (IngestionException e)
        {
            context.Services.Ingestion.AddFailure(new IngestionFailure(
                Guid.NewGuid(), context.Database.Name, table, DateTime.UtcNow, "inline", e, "DataIngestPush", context.Caller.Fqn, properties.Format));
            throw ServiceException.BadRequest(e.Message, e.Code);
        }

        reader.SkipToEnd();
        return ResultSet.FromRows(ExtentColumns, [[Guid.NewGuid()]]);
    }

    /// <summary>Drops what belongs to the command: the spaces behind the mark, and the line break if nothing else stands in its line.</summary>
    private static string TrimLineStart(string data)
    {
        string trimmed = data.TrimStart(' ');
        if (trimmed.StartsWith("\r\n", StringComparison.Ordinal)) return trimmed[2..];
        return trimmed.StartsWith('\n') ? trimmed[1..] : trimmed;
    }

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
        List<IngestionOperation> operations = [.. ids.Select(id => context.Services.Ingestion.Find(id)
            ?? throw ServiceException.BadRequest($"Ingestion operation '{id}' was not found.", "BadRequest_EntityNotFound"))];
        foreach (IngestionOperation operation in operations)
            operation.Database.Access.DemandIngest(context.Caller, operation.Table);
        return details
            ? ResultSet.FromRows(DetailsColumns, operations.SelectMany(DetailRows))
            : ResultSet.FromRows(OperationsColumns, operations.Select(Summary));
    }

    private static object?[] Summary(IngestionOperation operation)
    {
        long pending = operation.Count(BlobStatus.Queued, BlobStatus.InProgress);
        long failed = operation.Count(BlobStatus.Failed);
        string state = pending > 0 ? "InProgress" : failed > 0 ? "Failed" : "Completed";
        string reasons = string.Join("; ", operation.Blobs.Select(b => b.Current.Error?.Message).OfType<string>().Distinct().Take(3));
        return
        [
            operation.Id, operation.StartedOn, operation.LastUpdatedOn, state, (long)operation.Blobs.Count, pending, 0L,
            (long)operation.Count(BlobStatus.Succeeded), failed, reasons, operation.Database.Name, operation.Table,
        ];
    }

    private static IEnumerable<object?[]> DetailRows(IngestionOperation operation)
    {
        foreach (QueuedBlob blob in operation.Blobs)
        {
            QueuedBlob.State state = blob.Current;
            bool ended = state.Status is BlobStatus.Succeeded or BlobStatus.Failed;
            string status = state.Status == BlobStatus.Queued ? "Pending" : state.Status.ToString();
            yield return [operation.Id, blob.Address, status, operation.StartedOn, ended ? state.UpdatedOn : null, state.Error?.Message ?? ""];
        }
    }

    /// <summary>The failures: all of them for an administrator or a monitor of the database, one's own for others.</summary>
    private static ResultSet ShowFailures(CommandContext context, CommandReader reader)
    {
        Dictionary<string, string> properties = reader.ReadProperties();
        string? only = properties.GetValueOrDefault("OperationId");
        if (properties.Keys.Any(k => !k.Equals("OperationId", StringComparison.OrdinalIgnoreCase))) throw reader.Error("The only property here is OperationId.");
        reader.ExpectEnd();
        bool all = context.Database.Access.CanShowPrincipals(context.Caller, null);
        IEnumerable<IngestionFailure> failures = context.Services.Ingestion.Failures
            .Where(f => f.Database == context.Database.Name && (all || f.Principal == context.Caller.Fqn))
            .Where(f => only is null || f.OperationId.ToString().Equals(only, StringComparison.OrdinalIgnoreCase));
        return ResultSet.FromRows(FailuresColumns, failures.Select(f => new object?[]
        {
            f.OperationId, f.Database, f.Table, f.FailedOn, f.Source, f.Error.Message, f.Error.Transient ? "Transient" : "Permanent", f.OperationId,
            f.OperationKind, false, f.Error.Code, f.Principal, f.Error.Transient, "", $"Format={f.Format}",
        }));
    }
}
