using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

/// <summary>Many tables at once, data in brackets, results that are kept, streaming requests that failed.</summary>
public sealed class FurtherCommandTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public FurtherCommandTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Tables_are_made_at_once_and_those_that_are_there_stay_as_they_are()
    {
        List<Dictionary<string, JsonElement>> made = await _admin.RunAsync(".create tables A (x:long, ['y z']:string), T (other:real), ['b b'] (d:dynamic) with (folder='F', docstring='D')");
        Assert.Equal(["TableName", "DatabaseName", "Folder", "DocString"], made[0].Keys);
        Assert.Equal(["A F", "T ", "b b F"], made.Select(r => $"{r["TableName"]} {r["Folder"]}"));
        Assert.Equal("a:long, b:string", (await _admin.RunAsync(".show table T cslschema")).Single()["Schema"].GetString());
        Assert.Equal("x:long, ['y z']:string", (await _admin.RunAsync(".show table A cslschema")).Single()["Schema"].GetString());
        await RefuseAsync(".create tables A (x:long), A (y:long)", "BadRequest_SyntaxError");
        await RefuseAsync(".create tables A (x:long) B (y:long)", "BadRequest_SyntaxError");
        using var stranger = new LocalClient(_cluster, LocalClient.AppToken(Guid.NewGuid()));
        using HttpResponseMessage refused = await stranger.CommandAsync(".create tables X (x:long)");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Data_in_brackets_is_a_record_a_bracket()
    {
        await _admin.RunAsync(".ingest inline into table T\n  [1,\"a]b \"\"c\"\"\"]\n  [2,plain // no comment]");
        Assert.Equal(["1 a]b \"c\"", "2 plain // no comment"], (await _admin.QueryAsync("T")).Select(r => $"{r["a"]} {r["b"]}"));
        await _admin.RunAsync(".ingest inline into table T with (format='psv') [3|x]");
        Assert.Equal(3, (await _admin.QueryAsync("T")).Count);
        await RefuseAsync(".ingest inline into table T [1,x", "BadRequest_SyntaxError");
        await RefuseAsync(".ingest inline into table T [1,x] y", "BadRequest_SyntaxError");
        await RefuseAsync(".ingest inline into table T with (format='json') [{}]", "LocalStandIn_NotSupported");
        Assert.Equal(3, (await _admin.QueryAsync("T")).Count);
    }

    [Fact]
    public async Task The_result_of_an_operation_is_kept_where_that_was_asked_for()
    {
        string id = (await _admin.RunAsync(".set-or-append async U with (persistDetails=true) <| range n from 1 to 5 step 1")).Single()["OperationId"].GetString()!;
        await WaitAsync(id);
        Dictionary<string, JsonElement> details = (await _admin.RunAsync($".show operation {id} details")).Single();
        Assert.Equal(["ExtentId", "OriginalSize", "ExtentSize", "CompressedSize", "IndexSize", "RowCount"], details.Keys);
        Assert.Equal(5, details["RowCount"].GetInt64());
        string silent = (await _admin.RunAsync(".append async U <| print n=6")).Single()["OperationId"].GetString()!;
        await WaitAsync(silent);
        await RefuseAsync($".show operation {silent} details", "General_BadRequest");
        await RefuseAsync($".show operation {Guid.NewGuid()} details", "BadRequest_EntityNotFound");
        await RefuseAsync(".show operation x details", "BadRequest_SyntaxError");
    }

    [Fact]
    public async Task Streaming_requests_that_failed_are_counted_by_what_they_have_in_common()
    {
        await _admin.RunAsync(".alter table T policy streamingingestion enable");
        for (int i = 0; i < 3; i++)
            await StreamAsync(_admin, "T?streamFormat=csv", "1,\"open");
        await StreamAsync(_admin, "T?streamFormat=json&mappingName=None", "{}");
        await StreamAsync(_admin, "Missing?streamFormat=csv", "1");
        List<Dictionary<string, JsonElement>> failures = await _admin.RunAsync(".show streamingingestion failures");
        Assert.Equal(
            ["Database", "Table", "Principal", "RootActivityId", "IngestionProperties", "Count", "FirstFailureOn", "LastFailureOn", "FailureKind", "ErrorCode", "Details"],
            failures[0].Keys);
        Assert.Equal(3, failures.Where(f => f["ErrorCode"].GetString() == "Stream_ClosingQuoteMissing").Sum(f => f["Count"].GetInt64()));
        Assert.Contains("\"Mapping\":\"None\"", failures.Single(f => f["ErrorCode"].GetString() == "BadRequest_MappingReferenceWasNotFound")["IngestionProperties"].ToString(), StringComparison.Ordinal);
        Assert.Equal("Missing", failures.Single(f => f["ErrorCode"].GetString() == "BadRequest_EntityNotFound")["Table"].GetString());
        Assert.All(failures, f => Assert.Equal("Permanent", f["FailureKind"].GetString()));

        using var stranger = new LocalClient(_cluster, LocalClient.AppToken(Guid.NewGuid()));
        Assert.Empty(await stranger.RunAsync(".show streamingingestion failures"));
        await StreamAsync(stranger, "T?streamFormat=csv", "1");
        Assert.Equal("Forbidden", (await stranger.RunAsync(".show streamingingestion failures | where Count == 1")).Single()["ErrorCode"].GetString());
    }

    private static async Task StreamAsync(LocalClient client, string to, string text)
    {
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/{to}", new StringContent(text));
        Assert.False(response.IsSuccessStatusCode);
    }

    private async Task WaitAsync(string operation)
    {
        while ((await _admin.RunAsync($".show operations {operation}")).Single()["State"].GetString() == "InProgress")
            await Task.Yield();
    }

    private async Task RefuseAsync(string command, string code)
    {
        using HttpResponseMessage response = await _admin.CommandAsync(command);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }
}
