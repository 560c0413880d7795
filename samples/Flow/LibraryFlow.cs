using System.Globalization;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Flow;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Local;
using static AdxFlow.Samples.Report;

namespace AdxFlow.Samples.Dataflows;

/// <summary>The same job as <c>flow.ps1</c> without PowerShell, through the library that the cmdlets are made of.</summary>
internal static class LibraryFlow
{
    private const string ApplicationId = "3f6f8b0a-5d0e-4d5b-9a55-2d6c8e1f7b11";
    private const string TenantId = "7c2d9a44-1b7e-4c0f-8f43-5a1d0e9b6c22";
    private const string Table = "Weather";
    private const long Days = 1461;
    private const long DaysOf2015 = 365;

    private static readonly AdxColumn[] Columns =
    [
        new("date", AdxType.DateTime), new("precipitation", AdxType.Real), new("temp_max", AdxType.Real),
        new("temp_min", AdxType.Real), new("wind", AdxType.Real), new("weather", AdxType.String),
    ];

    /// <summary>Does the job; what goes wrong is thrown.</summary>
    public static async Task RunAsync()
    {
        await using var local = LocalCluster.Start();
        AdxConnection admin = await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = local.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local(null) });
        await FillTableAsync(admin);
        FlowSession session = await FlowSession.OpenAsync(
            new FlowSessionOptions { ClientId = "sample", ClientSecret = "sample", OrganizationId = "SAMPLE@AdobeOrg", Uri = local.FlowUri, ImsUri = local.ImsUri }, default);
        Step($"Signed in to Experience Platform: {session}");

        var client = new FlowClient(session);
        FlowConnection connection = await ConnectAsync(client, local, admin);
        FlowTable table = await ExploreAsync(client, connection);
        (FlowDataset dataset, FlowMapping mapping) = await PrepareAsync(client, table);
        Dataflow flow = await JoinAsync(client, connection, dataset, mapping);

        var runs = new FlowRuns(client);
        Show(await WaitAsync(cancel => runs.FindNewestAsync(flow.Id, cancel)), Days);

        Step("Run it again on demand, for the year 2015 alone");
        FlowRun asked = await runs.StartAsync(flow.Id, new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero), "date", null, default);
        Show(await WaitAsync(async cancel => await runs.GetAsync(asked.Id, cancel)), DaysOf2015);
    }

    private static async Task FillTableAsync(AdxConnection admin)
    {
        await new AdxTables(new AdxClient(admin)).CreateAsync(new AdxTableDefinition { Name = Table, Columns = Columns });
        await using IngestionSession sending = await IngestionSession.StartAsync(admin, new IngestionRequest { Table = Table });
        sending.OpenFiles().Add(new FileIngestion { Path = Path.Combine(Repository.FindRoot(), "samples", "data", "seattle-weather.csv"), IgnoreFirstRecord = true });
        AdxIngestion sent = await new IngestionTracker(admin).WaitAsync(await sending.CompleteAsync(), Timeout.InfiniteTimeSpan);
        Check(sent.Status == AdxIngestionStatus.Succeeded, "The table could not be filled.");
        Step($"Filled the table {Table} with {sent.Rows} rows");
    }

    /// <summary>A connection works only once its principal may read the database.</summary>
    private static async Task<FlowConnection> ConnectAsync(FlowClient client, LocalCluster local, AdxConnection admin)
    {
        var connections = new FlowConnections(client);
        FlowConnection connection = await connections.CreateAsync(new FlowConnectionDefinition
        {
            Name = "Weather in Azure Data Explorer",
            SpecId = DataExplorerSpec.Id,
            SpecVersion = DataExplorerSpec.Version,
            AuthSpec = DataExplorerSpec.AuthSpec,
            Parameters = DataExplorerSpec.Parameters(local.ClusterUri.AbsoluteUri.TrimEnd('/'), "NetDefaultDB", TenantId, ApplicationId, "any key"),
            Secrets = ["any key"],
        }, default);
        Check(!await connections.TestAsync(connection.Id, default), "The connection works without the role Viewer.");
        Step("Made a connection; it does not work as yet, for its principal may not read the database");

        await new AdxRoles(new AdxClient(admin)).GrantAsync(AdxRole.Viewer, AdxPrincipal.Parse($"aadapp={ApplicationId};{TenantId}"), "NetDefaultDB");
        Check(await connections.TestAsync(connection.Id, default), "The connection does not work with the role Viewer.");
        Step("Granted the role Viewer; now it works");
        return connection;
    }

    private static async Task<FlowTable> ExploreAsync(FlowClient client, FlowConnection connection)
    {
        FlowTableContent content = await new FlowExplorer(client).PreviewAsync(connection.Id, Table, default);
        IReadOnlyList<FlowColumn> columns = content.Table.Columns ?? [];
        Step($"Explored the table through the connection: {string.Join(", ", columns)}");
        Print(columns.Select(static column => column.Name), content.Rows.Take(3).Select(row => columns.Select(column => row.GetProperty(column.Name).ToString())));
        return content.Table;
    }

    /// <summary>A dataset with a schema that has a field for each column, and the mapping between the two.</summary>
    private static async Task<(FlowDataset DataSet, FlowMapping Mapping)> PrepareAsync(FlowClient client, FlowTable table)
    {
        IReadOnlyList<FlowColumn> columns = table.Columns ?? [];
        FlowDataset dataset = await new FlowDatasets(client).CreateAsync(new FlowDatasetDefinition { Name = "Weather", Fields = FlowField.Of(columns) }, default);
        FlowSchema schema = await new FlowSchemas(client).GetAsync(dataset.SchemaId!, dataset.SchemaVersion, default);
        MappingProposal proposal = MappingProposal.Of(schema, columns.Select(static column => column.Name), []);
        Check(proposal.UnmappedColumns.Count == 0, "There are columns without a field.");
        FlowMapping mapping = await new FlowMappings(client).CreateAsync(new FlowMappingDefinition { Name = "Weather", SchemaId = dataset.SchemaId!, Fields = proposal.Fields }, default);
        Step($"Made the dataset {dataset.Id} and the mapping {mapping.Id}");
        Print(["Column", "Field"], proposal.Fields.Select(static field => new[] { field.Source, field.Destination }));
        return (dataset, mapping);
    }

    private static async Task<Dataflow> JoinAsync(FlowClient client, FlowConnection connection, FlowDataset dataset, FlowMapping mapping)
    {
        var definition = new FlowDefinition
        {
            Name = "Weather",
            MappingId = mapping.Id,
            Schedule = FlowDefinition.ScheduleOf(FlowFrequency.Once, null, DateTimeOffset.UtcNow.AddSeconds(2), false),
        };
        Dataflow flow = await new FlowParts(client).JoinAsync(definition, connection.Id, Table, dataset.Id, default);
        Step($"Made a flow of the table and the dataset, that runs once: {flow.Id}");
        return flow;
    }

    private static async Task<FlowRun> WaitAsync(Func<CancellationToken, Task<FlowRun?>> find) =>
        await FlowRuns.WaitAsync(find, TimeSpan.FromMinutes(1), new Progress<FlowRun?>(), default) ?? throw new InvalidOperationException("The flow did not run.");

    private static void Show(FlowRun run, long records)
    {
        Step("The run");
        Print(["State", "Read", "Arrived", "Failed"], [[run.State.ToString(), Text(run.InputRecords), Text(run.OutputRecords), Text(run.FailedRecords)]]);
        Check(run.State == FlowRunState.Success && run.InputRecords == records && run.OutputRecords == records, "The run did not bring the records that are there.");
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
