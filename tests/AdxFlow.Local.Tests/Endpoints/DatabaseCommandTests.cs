using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class DatabaseCommandTests : IDisposable
{
    private static readonly Guid Robot = Guid.Parse("4c7e82bd-6adb-46c3-b413-fdd44834c69b");

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly LocalClient _robot;

    public DatabaseCommandTests()
    {
        _admin = new LocalClient(_cluster);
        _robot = new LocalClient(_cluster, LocalClient.AppToken(Robot));
    }

    public void Dispose()
    {
        _admin.Dispose();
        _robot.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_second_database_has_tables_and_roles_of_its_own()
    {
        await _admin.RunAsync(".create database Sales persist (@\"/kustodata/dbs/Sales/md\", @\"/kustodata/dbs/Sales/data\")");
        using (HttpResponseMessage again = await _admin.CommandAsync(".create database sales volatile"))
            Assert.Equal("BadRequest_EntityAlreadyExists", (await LocalClient.ErrorAsync(again)).GetProperty("code").GetString());
        await _admin.RunAsync(".create database Sales volatile ifnotexists");
        using (await _admin.CommandAsync(".create table T (a:long)", "Sales"))
            Assert.Empty(await _admin.RunAsync(".show tables"));
        Assert.Equal(["NetDefaultDB", "Sales"], (await _admin.RunAsync(".show databases")).Select(d => d["DatabaseName"].GetString()));
        await _admin.RunAsync($".add database Sales viewers ('aadapp={Robot};contoso.com')");
        Assert.Equal(["Sales"], (await _robot.RunAsync(".show databases")).Select(d => d["DatabaseName"].GetString()));
        using HttpResponseMessage refused = await _robot.CommandAsync(".create database Mine volatile");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Databases_are_shown_in_every_documented_view()
    {
        await _admin.RunAsync(".create table T (a:long)");
        await _admin.RunAsync(".ingest inline into table T <| 1\n2");
        await _admin.RunAsync($".add database users ('aadapp={Robot};contoso.com')");
        Dictionary<string, JsonElement> details = (await _admin.RunAsync(".show databases details")).Single();
        Assert.Equal(1, details["NumberOfTables"].GetInt32());
        Assert.Contains($"aadapp={Robot};contoso.com", details["AuthorizedPrincipals"].GetString(), StringComparison.Ordinal);
        Assert.Equal(details.Keys, (await _admin.RunAsync(".show database details")).Single().Keys);
        Assert.Equal(details.Keys, (await _admin.RunAsync(".show database NetDefaultDB details")).Single().Keys);
        Assert.Equal(2, (await _admin.RunAsync(".show databases datastats")).Single()["RowCount"].GetInt64());
        Assert.False((await _admin.RunAsync(".show database")).Single()["CurrentUserIsUnrestrictedViewer"].GetBoolean());
        Assert.Equal("null", (await _admin.RunAsync(".show database policies")).Single()["RetentionPolicy"].GetString());
        Assert.Equal("NetDefaultDB", (await _admin.RunAsync(".show databases (NetDefaultDB) | project DatabaseName")).Single()["DatabaseName"].GetString());
    }

    [Fact]
    public async Task Commands_on_what_is_not_there_say_so()
    {
        foreach (string command in (string[])[".show databases (Nowhere)", ".drop table T", ".drop tables (A, B)", ".clear table T data", ".alter table T docstring 'x'", ".alter-merge table T (a:long)", ".show table T details"])
        {
            using HttpResponseMessage response = await _admin.CommandAsync(command);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("BadRequest_EntityNotFound", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
        }

        Assert.Empty(await _admin.RunAsync(".drop table T ifexists"));
    }

    [Fact]
    public async Task Several_tables_are_dropped_together_or_not_at_all()
    {
        foreach (string name in (string[])["A", "B", "C"])
            await _admin.RunAsync($".create table {name} (a:long)");
        using (HttpResponseMessage response = await _admin.CommandAsync(".drop tables (A, X)"))
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(3, (await _admin.RunAsync(".show tables")).Count);
        Assert.Equal(["C"], (await _admin.RunAsync(".drop tables (A, ['B'], X) ifexists")).Select(t => t["TableName"].GetString()));
    }

    [Fact]
    public async Task A_table_is_altered_by_its_admin_only()
    {
        await _admin.RunAsync(".create table T (a:long)");
        await _admin.RunAsync(".alter table T docstring \"It's a table\"");
        await _admin.RunAsync(".alter table T folder 'x/y'");
        Dictionary<string, JsonElement> altered = (await _admin.RunAsync(".alter-merge table T (b:string)")).Single();
        Assert.Equal(("It's a table", "x/y"), (altered["DocString"].GetString(), altered["Folder"].GetString()));
        Assert.Equal("a:long, b:string", (await _admin.RunAsync(".show table T cslschema")).Single()["Schema"].GetString());
        await _admin.RunAsync($".add database users ('aadapp={Robot};contoso.com')");
        foreach (string command in (string[])[".alter table T docstring 'mine'", ".alter-merge table T (c:int)", ".clear table T data", ".drop table T", ".drop tables (T)"])
        {
            using HttpResponseMessage response = await _robot.CommandAsync(command);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        using HttpResponseMessage columns = await _admin.CommandAsync(".alter table T (a:long)");
        Assert.Equal("LocalStandIn_NotSupported", (await LocalClient.ErrorAsync(columns)).GetProperty("code").GetString());
    }
}
