using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Endpoints.Storage.Blobs;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Ingesting data that stands in the command or in blobs that it names, and showing what failed.</summary>
/// <remarks>Source: Microsoft Learn, ".ingest inline", ".ingest into", ".show ingestion failures".</remarks>
internal static class IngestionCommands
{
    private const string SourceSeparator = ", ";

    private static readonly Column[] InlineColumns = [new("ExtentId", KustoType.Guid)];

    private static readonly Column[] IntoColumns =
    [
        new("ExtentId", KustoType.Guid), new("ItemLoaded", KustoType.String), new("Duration", KustoType.TimeSpan), new("HasErrors", KustoType.Bool),
        new("OperationId", KustoType.Guid),
    ];

    private static readonly Column[] FailuresColumns =
    [
        new("OperationId", KustoType.Guid), new("Database", KustoType.String), new("Table", KustoType.String), new("FailedOn", KustoType.DateTime),
        new("IngestionSourcePath", KustoType.String), new("Details", KustoType.String), new("FailureKind", KustoType.String), new("RootActivityId", KustoType.Guid),
        new("OperationKind", KustoType.String), new("OriginatesFromUpdatePolicy", KustoType.Bool), new("ErrorCode", KustoType.String), new("Principal", KustoType.String),
        new("User", KustoType.String), new("IngestionProperties", KustoType.String), new("NumberOfSources", KustoType.Int), new("ShouldRetry", KustoType.Bool),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("ingest inline into table", IngestInline),
        new("ingest into table", (context, reader) => IngestInto(context, reader, inBackground: false)),
        new("ingest async into table", (context, reader) => IngestInto(context, reader, inBackground: true)),
        new("show ingestion failures", ShowFailures),
    ];

    private static ResultSet IngestInline(CommandContext context, CommandReader reader)
    {
        string table = reader.ReadName("the name of a table");
        IngestionProperties properties = IngestionProperties.FromCommand(reader.ReadProperties(), "");
        byte[] data = InlineData.Read(reader, properties.Format);
        Demand(context, table);
        var source = new IngestionSource(BlobContent.FromBytes(data), "");
        Guid extent = Guid.Empty;
        LoggedCommand.Run(context, "DataIngestPush", table, "inline", properties.Format, () => extent = BlobIngestion.Ingest(context.Database, table, [source], properties).ExtentId);
        reader.SkipToEnd();
        return ResultSet.FromRows(InlineColumns, [[extent]]);
    }

    private static ResultSet IngestInto(CommandContext context, CommandReader reader, bool inBackground)
    {
        string table = reader.ReadName("the name of a table");
        List<StorageLocator> locators = ReadLocators(reader);
        IngestionProperties properties = IngestionProperties.FromCommand(reader.ReadProperties(), locators[0].Address);
        reader.ExpectEnd();
        Demand(context, table);
        string sources = string.Join(SourceSeparator, locators);
        Guid extent = Guid.Empty;
        void Ingest(LoggedOperation? begun)
        {
            List<StoredBlob> blobs = [.. locators.Select(context.Services.Blobs.Find)];
            extent = BlobIngestion.Ingest(context.Database, table, [.. blobs.Select(b => new IngestionSource(b.Blob.Content, b.Address))], properties, begun).ExtentId;
        }

        if (inBackground) return LoggedCommand.Start(context, "DataIngestPull", table, sources, properties.Format, Ingest);
        LoggedOperation operation = LoggedCommand.Run(context, "DataIngestPull", table, sources, properties.Format, () => Ingest(null));
        TimeSpan duration = operation.Current.UpdatedOn - operation.StartedOn;
        return ResultSet.FromRows(IntoColumns, locators.Select(l => new object?[] { extent, l.Address, duration, false, operation.Id }));
    }

    /// <summary>Addresses of blobs, with or without parentheses, between commas.</summary>
    private static List<StorageLocator> ReadLocators(CommandReader reader)
    {
        var locators = new List<StorageLocator>();
        bool closed = reader.TryMark("(");
        do
        {
            string text = reader.ReadLiteral("the address of a blob");
            locators.Add(StorageLocator.Parse(text) ?? throw ServiceException.BadRequest("The address of a blob is not an absolute http or https address.", "BadRequest_InvalidBlobUri"));
        }
        while (reader.TryMark(","));
        if (closed) reader.ExpectMark(")");
        return locators;
    }

    private static void Demand(CommandContext context, string table)
    {
        context.Database.Access.DemandIngest(context.Caller, table);
        context.Database.Table(table);
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
            f.OperationKind, false, f.Error.Code, f.Principal, "", $"Format={f.Format}", f.Source.Split(SourceSeparator).Length, f.Error.Transient,
        }));
    }
}
