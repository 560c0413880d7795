using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Storage;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>What a client of the classic protocol asks the ingestion service for: where to send to, and in whose name.</summary>
/// <remarks>Source: Microsoft Learn, "How to ingest data with the REST API".</remarks>
internal static class ClassicCommands
{
    private static readonly Column[] ResourceColumns = [new("ResourceTypeName", KustoType.String), new("StorageRoot", KustoType.String)];

    private static readonly Column[] TokenColumns = [new("AuthorizationContext", KustoType.String)];

    public static IReadOnlyList<Command> All { get; } =
    [
        new("get ingestion resources", GetResources),
        new("get kusto identity token", GetIdentityToken),
    ];

    private static ResultSet GetResources(CommandContext context, CommandReader reader)
    {
        Begin(context, reader);
        AccessControl.Demand(context.Services.Databases.Any(d => d.Access.CanIngestAnywhere(context.Caller)), context.Caller, "Ingest", "'any database'");
        StorageAccounts storage = context.Services.Storage;
        var rows = new List<object?[]>();
        foreach (StorageAccount account in storage.All)
            rows.Add(["SecuredReadyForAggregationQueue", storage.SignedUri(account, StorageService.Queue, account.Ready.Name, "a")]);
        foreach (string container in storage.SignedContainers())
            rows.Add(["TempStorage", container]);
        StorageAccount reports = storage.All[0];
        rows.Add(["FailedIngestionsQueue", storage.SignedUri(reports, StorageService.Queue, reports.Failed!.Name, "rp")]);
        rows.Add(["SuccessfulIngestionsQueue", storage.SignedUri(reports, StorageService.Queue, reports.Successful!.Name, "rp")]);
        rows.Add(["IngestionsStatusTable", storage.SignedUri(reports, StorageService.Table, reports.Status!.Name, "rau")]);
        return ResultSet.FromRows(ResourceColumns, rows);
    }

    private static ResultSet GetIdentityToken(CommandContext context, CommandReader reader)
    {
        Begin(context, reader);
        return ResultSet.FromRows(TokenColumns, [[context.Services.IdentityTokens.Issue(context.Caller)]]);
    }

    private static void Begin(CommandContext context, CommandReader reader)
    {
        // Browsers ask for cross-origin access here, which makes no difference.
        reader.ReadProperties();
        reader.ExpectEnd();
        if (context.Services.Options.IngestionMethods == LocalIngestionMethods.RestOnly)
            throw ServiceException.NotSupported("This stand-in was started without the classic ingestion protocol.");
    }
}
