using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

public sealed class ListTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start(new LocalClusterOptions { Flow = new LocalFlowOptions { PageSize = 3 } });
    private readonly List<string> _ids = [];
    private AdobeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _client = await AdobeClient.ConnectAsync(_cluster);
        foreach (string name in (string[])["b & c", "a,d", "e", "f", "g"])
            _ids.Add(await _client.CreateAsync("connections", _client.Connection(name)));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Pages_lead_to_each_other_the_latest_change_first()
    {
        JsonNode first = await _client.GetAsync("connections");
        string next = first["_links"]!["next"]!["href"]!.GetValue<string>();
        Assert.StartsWith("/connections?continuationToken=t=", next, StringComparison.Ordinal);
        Assert.EndsWith("%26v=1", next, StringComparison.Ordinal);
        JsonNode second = await _client.GetAsync(next[1..]);
        Assert.Equal("{}", second["_links"]!.ToJsonString());
        Assert.Equal(Enumerable.Reverse(_ids), Ids(first).Concat(Ids(second)));
    }

    [Fact]
    public async Task What_is_deleted_between_two_pages_hides_nothing()
    {
        JsonNode first = await _client.GetAsync("connections?limit=2&orderby=name");
        foreach (string id in Ids(first))
            await _client.ExpectAsync(204, HttpMethod.Delete, "flowservice/connections/" + id);
        JsonNode second = await _client.GetAsync(first["_links"]!["next"]!["href"]!.GetValue<string>()[1..]);
        Assert.Equal(["e", "f"], Names(second));
        Assert.Equal(["a,d", "b & c"], Names(first));
    }

    [Theory]
    [InlineData("property=name==e", "e")]
    [InlineData("property=name==e,g&orderby=-name", "g e")]
    [InlineData("property=name==%22a%2Cd%22", "a,d")]
    [InlineData("property=name==%22b%20%26%20c%22", "b & c")]
    [InlineData("property=name==e,f&property=name==f,g", "f")]
    [InlineData("property=connectionSpec.id==0479cc14-7651-4354-b233-7480606c2ac3&orderby=%2Bname&limit=2", "a,d b & c")]
    [InlineData("property=createdAt%3E1&limit=1&orderby=name", "a,d")]
    [InlineData("property=createdAt%3C1", "")]
    public async Task A_list_is_filtered_and_sorted(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Names(await _client.GetAsync("connections?" + query))));

    [Fact]
    public async Task A_count_is_a_number_alone() =>
        Assert.Equal("""{"count":5}""", (await _client.GetAsync("connections?count=true")).ToJsonString());

    [Theory]
    [InlineData("limit=2&count=true", "FLOW-1401-400")]
    [InlineData("limit=2&count=false", "FLOW-1401-400")]
    [InlineData("limit=many", "FLOW-1451-400")]
    [InlineData("property=name~~e", "FLOW-1440-400")]
    [InlineData("property=name!=e", "FLOW-1440-400")]
    [InlineData("property=name==", "FLOW-1453-400")]
    [InlineData("property=createdAt%3C=1,2", "FLOW-1443-400")]
    [InlineData("property=name%3E=e", "FLOW-1448-400")]
    [InlineData("property=auth.params.tenant==x", "FLOW-1449-400")]
    [InlineData("property=name", "FLOW-1451-400")]
    [InlineData("orderby=~name", "FLOW-1432-400")]
    [InlineData("orderby=auth", "FLOW-1433-400")]
    [InlineData("continuationToken=abc", "FLOW-1451-400")]
    public async Task A_query_that_cannot_be_is_refused(string query, string code) =>
        Assert.Equal(code, await _client.RefusedAsync(HttpMethod.Get, "connections?" + query));

    private static IEnumerable<string> Ids(JsonNode list) => list["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>());

    private static IEnumerable<string> Names(JsonNode list) => list["items"]!.AsArray().Select(i => i!["name"]!.GetValue<string>());
}
