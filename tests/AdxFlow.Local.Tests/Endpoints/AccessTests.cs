using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly Guid _application = Guid.NewGuid();
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly LocalClient _app;
    private readonly string _principal;

    public AccessTests()
    {
        _admin = new LocalClient(_cluster);
        _app = new LocalClient(_cluster, LocalClient.AppToken(_application));
        _principal = $"aadapp={_application};contoso.com";
    }

    private static object Csv => new { format = "csv", enableTracking = true };

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _app.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Ingestion_is_refused_until_the_roles_are_granted_and_after_they_are_revoked()
    {
        string url = await _admin.UploadAsync("a.csv", "1\n"u8.ToArray());
        await AssertForbiddenAsync(await _app.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration"));
        await AssertForbiddenAsync(await _app.QueueAsync("T", Csv, url));

        await _admin.RunAsync($".add database users ('{_principal}') 'rehearsal'");
        await AssertForbiddenAsync(await _app.QueueAsync("T", Csv, url));

        await _admin.RunAsync($".add table T ingestors ('{_principal}')");
        JsonElement blob = await _app.IngestAsync("T", "2\n", Csv);
        Assert.Equal("Succeeded", blob.GetProperty("status").GetString());
        Assert.Equal(2, (await _app.QueryAsync("T")).Single()["a"].GetInt64());

        await _admin.RunAsync($".drop table T ingestors ('{_principal}')");
        await AssertForbiddenAsync(await _app.QueueAsync("T", Csv, url));
    }

    [Fact]
    public async Task A_refusal_names_the_principal_the_operation_and_the_table()
    {
        using HttpResponseMessage response = await _app.QueueAsync("T", Csv, "http://localhost/x");
        JsonElement error = await AssertForbiddenAsync(response);
        Assert.Equal("Caller is not authorized to perform this action", error.GetProperty("message").GetString());
        Assert.Equal($"Principal '{_principal}' is not authorized to perform operation 'Ingest' on table 'T' in database 'NetDefaultDB'.", error.GetProperty("@message").GetString());
        Assert.True(error.GetProperty("@permanent").GetBoolean());
        Assert.True(error.GetProperty("@context").TryGetProperty("activityId", out _));
    }

    [Fact]
    public async Task A_table_role_needs_a_role_in_the_database_first()
    {
        using HttpResponseMessage refused = await _admin.CommandAsync($".add table T ingestors ('{_principal}')");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("must have access on the database level", (await LocalClient.ErrorAsync(refused)).GetProperty("@message").GetString(), StringComparison.Ordinal);

        await _admin.RunAsync($".add database ingestors ('{_principal}')");
        await _admin.RunAsync($".add table T ingestors ('{_principal}')");
        using HttpResponseMessage admins = await _admin.CommandAsync($".add table T admins ('{_principal}')");
        Assert.Equal(HttpStatusCode.BadRequest, admins.StatusCode);
    }

    [Fact]
    public async Task A_database_ingestor_sends_to_every_table_and_reads_none()
    {
        await _admin.RunAsync($".add database ['NetDefaultDB'] ingestors ('{_principal}')");
        Assert.Equal("Succeeded", (await _app.IngestAsync("T", "1\n", Csv)).GetProperty("status").GetString());
        using HttpResponseMessage query = await _app.PostAsync("v2/rest/query", new { db = "NetDefaultDB", csl = "T" });
        JsonElement error = await AssertForbiddenAsync(query);
        Assert.Equal($"Principal '{_principal}' is not authorized to read database 'NetDefaultDB'.", error.GetProperty("@message").GetString());
        await AssertForbiddenAsync(await _app.CommandAsync(".show table T schema as json"));
        await AssertForbiddenAsync(await _app.CommandAsync(".create table U (a:long)"));
    }

    [Fact]
    public async Task A_user_creates_tables_administers_its_own_and_nobody_elses()
    {
        await _admin.RunAsync($".add database users ('{_principal}')");
        await _app.RunAsync(".create table Mine (a:long)");
        Assert.Equal(_principal, (await _app.RunAsync(".show table Mine principals")).Single()["PrincipalFQN"].GetString());
        Assert.Equal("Succeeded", (await _app.IngestAsync("Mine", "1\n", Csv)).GetProperty("status").GetString());
        await _app.RunAsync(".clear table Mine data");
        await _app.RunAsync(".create-merge table Mine (b:string)");
        await AssertForbiddenAsync(await _app.CommandAsync(".create-merge table T (b:string)"));
        await AssertForbiddenAsync(await _app.CommandAsync(".clear table T data"));
        await AssertForbiddenAsync(await _app.CommandAsync(".drop table T"));
        await AssertForbiddenAsync(await _app.CommandAsync($".add table T ingestors ('{_principal}')"));
        await AssertForbiddenAsync(await _app.CommandAsync($".add database admins ('{_principal}')"));
        await _app.RunAsync(".drop table Mine");
    }

    [Fact]
    public async Task A_viewer_reads_and_a_monitor_only_shows()
    {
        await _admin.RunAsync($".add database viewers ('{_principal}')");
        Assert.Empty(await _app.QueryAsync("T"));
        await _admin.RunAsync($".drop database viewers ('{_principal}')");
        await _admin.RunAsync($".add database monitors ('{_principal}')");
        await _app.RunAsync(".show table T details");
        using HttpResponseMessage query = await _app.PostAsync("v1/rest/query", new { db = "NetDefaultDB", csl = "T" });
        await AssertForbiddenAsync(query);
    }

    [Fact]
    public async Task A_principal_without_any_role_sees_no_database()
    {
        Assert.Empty(await _app.RunAsync(".show databases"));
        await AssertForbiddenAsync(await _app.CommandAsync(".show version"));
        Assert.Equal("Engine", (await _admin.RunAsync(".show version")).Single()["ServiceType"].GetString());
    }

    [Fact]
    public async Task Granting_twice_leaves_one_assignment_with_the_documented_columns()
    {
        await _admin.RunAsync($".add database users ('AADAPP={_application.ToString().ToUpperInvariant()};Contoso.com') 'first'");
        List<Dictionary<string, JsonElement>> rows = await _admin.RunAsync($".add database users ('{_principal}') 'second'");
        Dictionary<string, JsonElement> row = Assert.Single(rows);
        Assert.Equal(
            ["Role", "PrincipalType", "PrincipalDisplayName", "PrincipalObjectId", "PrincipalFQN", "Notes", "RoleAssignmentIdentifier"],
            row.Keys);
        Assert.Equal("Database NetDefaultDB User", row["Role"].GetString());
        Assert.Equal(_principal, row["PrincipalFQN"].GetString());
        Assert.Equal("second", row["Notes"].GetString());
    }

    [Fact]
    public async Task Roles_of_a_table_are_replaced_emptied_and_told_to_who_has_them()
    {
        const string Other = "aadapp=22222222-2222-2222-2222-222222222222;contoso.com";
        await _admin.RunAsync(".create table Own (a:long)");
        await _admin.RunAsync($".add database users ('{Other}')");
        await _admin.RunAsync($".set table Own ingestors ('{Other}') 'a note'");
        Assert.Empty(await _admin.RunAsync(".set table Own ingestors none skip-results"));
        await _admin.RunAsync($".set table Own admins ('{Other}') skip-results");
        Dictionary<string, JsonElement> left = (await _admin.RunAsync(".show table Own principals")).Single();
        Assert.Equal(("Table Own Admin", Other), (left["Role"].GetString(), left["PrincipalFQN"].GetString()));
        using var other = new LocalClient(_cluster, LocalClient.AppToken(Guid.Parse("22222222-2222-2222-2222-222222222222")));
        Assert.Equal(
            ["Database NetDefaultDB:User", "Table Own:Admin"],
            (await other.RunAsync(".show table Own principal roles")).Select(r => $"{r["Scope"].GetString()}:{r["Role"].GetString()}"));
        Assert.Equal("AllDatabasesAdmin", (await _admin.RunAsync(".show database NetDefaultDB principal roles")).Single()["Role"].GetString());
    }

    [Fact]
    public async Task A_user_may_have_an_apostrophe_in_the_name()
    {
        Assert.Equal("aaduser=o'brien@contoso.com", (await _admin.RunAsync(@".add database users ('aaduser=o\'brien@contoso.com')")).Single()["PrincipalFQN"].GetString());
        Assert.Empty(await _admin.RunAsync(@".drop database users ('aaduser=o\'brien@contoso.com')"));
    }

    [Fact]
    public async Task Set_replaces_and_none_empties()
    {
        string other = $"aadapp={Guid.NewGuid()};contoso.com";
        await _admin.RunAsync($".add database users ('{_principal}', '{other}')");
        Assert.Equal(other, (await _admin.RunAsync($".set database users ('{other}')")).Single()["PrincipalFQN"].GetString());
        Assert.Empty(await _admin.RunAsync(".set database users none"));
        Assert.Empty(await _admin.RunAsync($".add database users ('{other}') skip-results 'quiet'"));
        Assert.Equal("quiet", (await _admin.RunAsync(".show database NetDefaultDB principals")).Single()["Notes"].GetString());
    }

    [Fact]
    public async Task Users_groups_and_managed_identities_are_matched_by_their_claims()
    {
        Guid identity = Guid.NewGuid();
        await _admin.RunAsync($".add database viewers ('aaduser=Jo@contoso.com', 'aadgroup={identity};contoso.com', 'aadapp={identity};contoso.com')");
        (string, object)[][] welcome =
        [
            [("upn", "jo@contoso.com"), ("oid", Guid.NewGuid().ToString()), ("tid", "contoso.com")],
            [("upn", "al@contoso.com"), ("tid", "contoso.com"), ("groups", new[] { identity.ToString() })],
            [("appid", Guid.NewGuid().ToString()), ("oid", identity.ToString()), ("tid", "contoso.com")],
        ];
        foreach ((string, object)[] claims in welcome)
        {
            using var client = new LocalClient(_cluster, LocalClient.Token(claims));
            Assert.Empty(await client.QueryAsync("T"));
        }

        using var elsewhere = new LocalClient(_cluster, LocalClient.AppToken(identity, "fabrikam.com"));
        using HttpResponseMessage refused = await elsewhere.PostAsync("v2/rest/query", new { db = "NetDefaultDB", csl = "T" });
        await AssertForbiddenAsync(refused);
    }

    [Theory]
    [InlineData("someone")]
    [InlineData("aadapp=;contoso.com")]
    [InlineData("aadapp=My App;contoso.com")]
    [InlineData("aadapp=11111111-1111-1111-1111-111111111111;")]
    [InlineData("aaduser=nobody")]
    [InlineData("martian=x;y")]
    public async Task A_malformed_principal_gets_400(string principal)
    {
        using HttpResponseMessage response = await _admin.CommandAsync($".add database users ('{principal}')");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(principal, (await LocalClient.ErrorAsync(response)).GetProperty("@message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_of_a_dropped_table_do_not_return_with_its_name()
    {
        await _admin.RunAsync($".add database ingestors ('{_principal}')");
        await _admin.RunAsync($".add table T ingestors ('{_principal}')");
        await _admin.RunAsync(".drop table T");
        await _admin.RunAsync(".create table T (a:long)");
        Assert.DoesNotContain(await _admin.RunAsync(".show table T principals"), r => r["PrincipalFQN"].GetString() == _principal);
    }

    private static async Task<JsonElement> AssertForbiddenAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        JsonElement error = await LocalClient.ErrorAsync(response);
        Assert.Equal("Forbidden", error.GetProperty("code").GetString());
        return error;
    }
}
