using System.Text.Json;
using AdxFlow.Access;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Local;

namespace AdxFlow.Core.Tests.Access;

public sealed class AdxAccessCheckTests
{
    private const string Application = "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;72f988bf-86f1-41af-91ab-2d7cd011db47";

    /// <summary>Query, Ingest, ShowSchema, CreateTable, Administer: what each role of the database allows.</summary>
    [Theory]
    [InlineData(null, "-----")]
    [InlineData(AdxRole.Admin, "+++++")]
    [InlineData(AdxRole.User, "+-++-")]
    [InlineData(AdxRole.Viewer, "+-+?-")]
    [InlineData(AdxRole.Ingestor, "-+---")]
    [InlineData(AdxRole.Monitor, "--+-?")]
    public async Task The_roles_of_a_database_are_told_by_what_is_refused(AdxRole? role, string expected)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await AdministerAsync(cluster);
        if (role is { } given)
            await roles.GrantAsync(given, AdxPrincipal.Parse(Application));
        Assert.Equal(expected, Signs(await CheckAsync(cluster, Application)));
    }

    /// <summary>Query, Ingest, ShowSchema, Administer on the table.</summary>
    [Theory]
    [InlineData(AdxRole.User, null, "+-+-")]
    [InlineData(AdxRole.User, AdxRole.Ingestor, "+++-")]
    [InlineData(AdxRole.User, AdxRole.Admin, "++++")]
    [InlineData(AdxRole.Ingestor, AdxRole.Ingestor, "-+--")]
    [InlineData(AdxRole.Ingestor, null, "-+--")]
    [InlineData(AdxRole.Admin, null, "++++")]
    public async Task The_roles_of_a_table_are_told_with_those_of_its_database(AdxRole onDatabase, AdxRole? onTable, string expected)
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await AdministerAsync(cluster);
        await roles.GrantAsync(onDatabase, AdxPrincipal.Parse(Application));
        if (onTable is { } given)
            await roles.GrantAsync(given, AdxPrincipal.Parse(Application), table: "its T");
        Assert.Equal(expected, Signs(await CheckAsync(cluster, Application, "its T")));
    }

    [Fact]
    public async Task Who_signs_in_as_nobody_may_do_what_is_not_refused()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await AdministerAsync(cluster);
        Assert.Equal("+++++", Signs(await CheckAsync(cluster, null)));
        Assert.Equal("++++", Signs(await CheckAsync(cluster, null, "its T")));
    }

    [Fact]
    public async Task A_refusal_names_the_narrowest_role_and_the_command_that_gives_it()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        await AdministerAsync(cluster);
        IReadOnlyList<AdxAccess> onTable = await CheckAsync(cluster, Application, "its T");
        Assert.Equal(
            ["Database NetDefaultDB Viewer", "Table its T Ingestor", "Database NetDefaultDB Monitor", "Table its T Admin"],
            onTable.Select(access => access.MissingRole));
        Assert.Equal(
            [
                $"Grant-AdxRole -Role Viewer -Principal '{Application}' -Database 'NetDefaultDB'",
                $"Grant-AdxIngestor -Principal '{Application}' -Table 'its T' -Database 'NetDefaultDB'",
                $"Grant-AdxRole -Role Monitor -Principal '{Application}' -Database 'NetDefaultDB'",
                $"Grant-AdxRole -Role Admin -Principal '{Application}' -Table 'its T' -Database 'NetDefaultDB'",
            ],
            onTable.Select(access => access.RecommendedCommand));
        Assert.All(onTable, access => Assert.Equal((Application, "its T"), (access.Principal, access.Table)));
        Assert.Equal(
            ["Database NetDefaultDB Viewer", "Database NetDefaultDB Ingestor", "Database NetDefaultDB Monitor", "Database NetDefaultDB User", "Database NetDefaultDB Admin"],
            (await CheckAsync(cluster, Application)).Select(access => access.MissingRole));
    }

    [Fact]
    public async Task It_reads_and_changes_nothing()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxRoles roles = await AdministerAsync(cluster);
        await roles.GrantAsync(AdxRole.Admin, AdxPrincipal.Parse(Application));
        await using ScriptedServer relay = Relay.To(cluster);
        AdxConnection connection = await relay.ConnectAsync(AdxSignIn.Local(Application));
        await new AdxAccessCheck(new AdxClient(connection)).TestAsync(table: "its T");
        await new AdxAccessCheck(new AdxClient(connection)).TestAsync();
        string[] allowed = [".show version", ".show table", ".show database", "print 1", "['its T'] | take 0"];
        foreach (ScriptedRequest request in relay.Requests)
        {
            if (request.Method == "GET")
                continue;
            string text = JsonDocument.Parse(request.Body).RootElement.GetProperty("csl").GetString()!;
            Assert.Contains(allowed, start => text.StartsWith(start, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_asked()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        Assert.Equal("AdxTableNotFound", (await Assert.ThrowsAsync<AdxException>(() => CheckAsync(cluster, null, "Missing"))).ErrorId);
        AdxConnection connection = (await OpenAsync(cluster, null)).WithDatabase("Nowhere");
        Assert.Equal("AdxDatabaseNotFound", (await Assert.ThrowsAsync<AdxException>(() => new AdxAccessCheck(new AdxClient(connection)).TestAsync())).ErrorId);
    }

    [Fact]
    public async Task Whether_a_table_can_be_made_is_asked_of_the_database()
    {
        await using LocalCluster cluster = LocalCluster.Start();
        AdxAccess access = Assert.Single(await new AdxAccessCheck(new AdxClient(await OpenAsync(cluster, null))).TestAsync([AdxOperation.CreateTable, AdxOperation.CreateTable], table: "Missing"));
        Assert.Null(access.Table);
        Assert.True(access.IsAllowed);
    }

    [Fact]
    public async Task A_role_that_comes_from_a_group_is_not_known_to_be_missing()
    {
        await using ScriptedServer server = Service(own: [], queryRefused: false, ingestion: 200);
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(Application));
        IReadOnlyList<AdxAccess> answers = await new AdxAccessCheck(new AdxClient(connection)).TestAsync(table: "T");
        Assert.Equal("+?+?", Signs(answers));
        Assert.All(answers, access => Assert.Null(access.MissingRole));
        Assert.Contains("group", answers[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AllDatabasesAdmin", "Cluster", "++++")]
    [InlineData("Table T Admin", "", "++++")]
    [InlineData("Admin", "Table T", "++++")]
    [InlineData("Ingestor", "Database NetDefaultDB", "+++?")]
    public async Task Ones_own_roles_are_read_in_any_form(string role, string scope, string expected)
    {
        await using ScriptedServer server = Service(own: [(scope, role)], queryRefused: false, ingestion: 200);
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(Application));
        Assert.Equal(expected, Signs(await new AdxAccessCheck(new AdxClient(connection)).TestAsync(table: "T")));
    }

    [Fact]
    public async Task A_refusal_counts_more_than_a_role_in_a_list()
    {
        await using ScriptedServer server = Service(own: [("Table T", "Ingestor")], queryRefused: true, ingestion: 403);
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(Application));
        IReadOnlyList<AdxAccess> answers = await new AdxAccessCheck(new AdxClient(connection)).TestAsync([AdxOperation.Query, AdxOperation.Ingest], table: "T");
        Assert.Equal("--", Signs(answers));
    }

    [Fact]
    public async Task An_ingestion_service_that_does_not_answer_says_nothing_about_roles()
    {
        await using ScriptedServer server = Service(own: [], queryRefused: false, ingestion: 404);
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(Application));
        AdxAccess access = Assert.Single(await new AdxAccessCheck(new AdxClient(connection)).TestAsync([AdxOperation.Ingest], table: "T"));
        Assert.Null(access.IsAllowed);
        Assert.Contains("could not be asked", access.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_alone_is_refused_asks_for_the_unrestricted_view()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(request => request.Path switch
        {
            "/v2/rest/query" when request.Body.Contains("take 0", StringComparison.Ordinal) => ScriptedAnswer.Of(403, "{}"),
            "/v2/rest/query" => NoRows,
            _ => V1([], []),
        });
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(Application));
        AdxAccess access = Assert.Single(await new AdxAccessCheck(new AdxClient(connection)).TestAsync([AdxOperation.Query], table: "T"));
        Assert.Equal("Database NetDefaultDB UnrestrictedViewer", access.MissingRole);
    }

    private const string NoRows = """[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},{"FrameType":"DataTable","TableId":0,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{"ColumnName":"a","ColumnType":"long"}],"Rows":[]},{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}]""";

    private static ScriptedServer Service((string Scope, string Role)[] own, bool queryRefused, int ingestion) => ScriptedServer.Cluster(request => request.Path switch
    {
        "/v2/rest/query" => queryRefused ? ScriptedAnswer.Of(403, "{}") : NoRows,
        "/v1/rest/ingestion/configuration" => ingestion == 200
            ? """{"containerSettings":{"containers":[{"path":"http://127.0.0.1:1/c?sv=1"}],"refreshInterval":"01:00:00"},"ingestionSettings":{}}"""
            : ScriptedAnswer.Of(ingestion, "{}"),
        "/v1/rest/mgmt" when request.Body.Contains("principal roles", StringComparison.Ordinal) => V1(["Scope", "DisplayName", "AADObjectID", "Role"], [.. own.Select(role => new[] { role.Scope, "", "", role.Role })]),
        "/v1/rest/mgmt" => V1(["Role"], []),
        _ => ScriptedAnswer.Of(404, "{}"),
    });

    private static string V1(string[] columns, string[][] rows) => JsonSerializer.Serialize(new
    {
        Tables = new[] { new { TableName = "Table_0", Columns = columns.Select(name => new { ColumnName = name, DataType = "String" }), Rows = rows } },
    });

    private static string Signs(IEnumerable<AdxAccess> answers) => string.Concat(answers.Select(access => access.IsAllowed switch { true => '+', false => '-', null => '?' }));

    private static async Task<AdxRoles> AdministerAsync(LocalCluster cluster)
    {
        var client = new AdxClient(await OpenAsync(cluster, null));
        await new AdxTables(client).CreateAsync(new AdxTableDefinition { Name = "its T", Columns = [new AdxColumn("a", AdxType.Long)] });
        return new AdxRoles(client);
    }

    private static async Task<IReadOnlyList<AdxAccess>> CheckAsync(LocalCluster cluster, string? principal, string? table = null) =>
        await new AdxAccessCheck(new AdxClient(await OpenAsync(cluster, principal))).TestAsync(table: table);

    private static Task<AdxConnection> OpenAsync(LocalCluster cluster, string? principal) =>
        AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = cluster.ClusterUri.AbsoluteUri, SignIn = AdxSignIn.Local(principal) });
}
