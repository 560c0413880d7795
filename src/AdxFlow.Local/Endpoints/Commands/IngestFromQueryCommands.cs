using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Ingesting the result of a query: .set, .append, .set-or-append, .set-or-replace.</summary>
/// <remarks>Source: Microsoft Learn, "Ingest from query".</remarks>
internal static class IngestFromQueryCommands
{
    private static readonly Column[] ExtentColumns =
    [
        new("ExtentId", KustoType.Guid), new("OriginalSize", KustoType.Long), new("ExtentSize", KustoType.Long), new("CompressedSize", KustoType.Long),
        new("IndexSize", KustoType.Long), new("RowCount", KustoType.Long),
    ];

    private const string IngestionTime = "policy_ingestiontime";

    private static readonly string[] Known =
        ["distributed", "creationTime", "extend_schema", "recreate_schema", "folder", "docstring", "ingestIfNotExists", "tags", IngestionTime, "persistDetails"];

    private static readonly string[] OfIngestion = ["creationTime", "ingestIfNotExists", "tags"];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("set", (context, reader) => Run(context, reader, "TableSet")),
        new("append", (context, reader) => Run(context, reader, "TableAppend")),
        new("set-or-append", (context, reader) => Run(context, reader, "TableSetOrAppend")),
        new("set-or-replace", (context, reader) => Run(context, reader, "TableSetOrReplace")),
    ];

    private static ResultSet Run(CommandContext context, CommandReader reader, string kind)
    {
        bool inBackground = reader.Next.IsWord("async") && !reader.PeekSecond().IsMark("<|") && !reader.PeekSecond().IsWord("with");
        if (inBackground) reader.Take();
        string table = reader.ReadName("the name of a table");
        Dictionary<string, string> with = reader.ReadProperties();
        if (!reader.Next.IsMark("<|")) throw reader.Unexpected("'<|'");
        string query = Blank(reader.Text[..reader.Next.End]) + reader.Text[reader.Next.End..];
        if (CommandText.IsCommand(query)) throw ServiceException.NotSupported("The local stand-in ingests from queries, not from commands.");
        reader.SkipToEnd();
        QueryTarget target = ReadTarget(table, kind, with);
        target.Demand(context);
        context.Database.Access.DemandQuery(context.Caller);
        bool keepsDetails = Flag(with, "persistDetails");
        ExtentDetails Ingest(LoggedOperation? operation) =>
            target.Ingest(context, KqlEngine.Execute(context.Database.Data, query, null, context.Stop), operation, keepsDetails);
        if (inBackground) return LoggedCommand.Start(context, kind, table, "query", DataFormat.Csv, operation => Ingest(operation));
        ExtentDetails? made = null;
        LoggedCommand.Run(context, kind, table, "query", DataFormat.Csv, () => made = Ingest(null));
        return Show(made!);
    }

    /// <summary>The result of such a command.</summary>
    public static ResultSet Show(ExtentDetails made) =>
        ResultSet.FromRows(ExtentColumns, [[made.ExtentId, made.Size, made.Size, made.Size, 0L, made.Rows]]);

    private static QueryTarget ReadTarget(string table, string kind, Dictionary<string, string> with)
    {
        string? unknown = with.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null) throw ServiceException.NotSupported($"The local stand-in has no property '{unknown}' in a command that ingests from a query.");
        if (with.ContainsKey(IngestionTime) && !Flag(with, IngestionTime))
            throw ServiceException.NotSupported($"The local stand-in always keeps the time of ingestion: it has no '{IngestionTime}=false'.");
        bool extends = Flag(with, "extend_schema");
        bool recreates = Flag(with, "recreate_schema");
        if ((extends && kind == "TableSet") || (recreates && kind != "TableSetOrReplace"))
            throw ServiceException.BadRequest($"The property '{(recreates ? "recreate_schema" : "extend_schema")}' is not supported by this command.", "BadRequest_IngestionPropertyNotSupportedInThisContext");
        var ofIngestion = with.Where(p => OfIngestion.Contains(p.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return new QueryTarget(table, IngestionProperties.FromText(ofIngestion, ""))
        {
            MustBeNew = kind == "TableSet",
            MustExist = kind == "TableAppend",
            Replaces = kind == "TableSetOrReplace",
            ExtendsSchema = extends && !recreates,
            RecreatesSchema = recreates,
            Folder = with.GetValueOrDefault("folder"),
            DocString = with.GetValueOrDefault("docstring"),
        };
    }

    private static bool Flag(Dictionary<string, string> with, string name) => new TextPropertyReader(with).Flag(name);

    /// <summary>Spaces instead of the text, so that positions in errors are those of what was sent.</summary>
    private static string Blank(string text) => string.Concat(text.Select(c => c == '\n' ? '\n' : ' '));
}
