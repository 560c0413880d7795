using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

/// <summary>A decimal of 34 digits comes out of both versions of a response as it went in, whatever the format.</summary>
public sealed class DecimalFormatTests : IDisposable
{
    private const string Exact = "-1234567890.123456789012345678901234";

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _client;

    public DecimalFormatTests() => _client = new LocalClient(_cluster);

    public void Dispose()
    {
        _client.Dispose();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData("csv", "1,{0}\n2,1.50e3\n3,\n4,1e99999\n")]
    [InlineData("csv", "\"1\",\"{0}\"\n2,\" +1500 \"\n3,\"\"\n4,x\n")]
    [InlineData("tsv", "1\t{0}\n2\t1.50e3\n3\t\n4\tx\n")]
    [InlineData("tsve", "1\t{0}\n2\t1.50e3\n3\t\n4\tx\n")]
    [InlineData("psv", "1|{0}\n2|1.50e3\n3|\n4|x\n")]
    [InlineData("scsv", "1;{0}\n2;1.50e3\n3;\n4;1,5\n")]
    [InlineData("sohsv", "1\u0001{0}\n2\u00011.50e3\n3\u0001\n4\u0001x\n")]
    [InlineData("json", "{\"n\":1,\"m\":{0}}\n{\"n\":2,\"m\":1.50e3}\n{\"n\":3,\"m\":null}\n{\"n\":4,\"m\":\"x\"}\n")]
    [InlineData("json", "{\"n\":1,\"m\":\"{0}\"}\n{\"n\":2,\"m\":\"1\\u00350\\u0030\"}\n{\"n\":3}\n{\"n\":4,\"m\":[1]}\n")]
    [InlineData("multijson", "[{\"n\":1,\"m\":{0}},{\"n\":2,\"m\":1.50e3},{\"n\":3},{\"n\":4,\"m\":true}]")]
    public async Task Every_format_brings_all_digits(string format, string text)
    {
        await _client.RunAsync(".create table T (n:long, m:decimal)");
        text = text.Replace("{0}", Exact, StringComparison.Ordinal);
        Assert.Equal("Succeeded", (await _client.IngestAsync("T", text, new { format, enableTracking = true })).GetProperty("status").GetString());
        await ExpectAsync("T | sort by n asc | project m", Exact, "1500", null, null);
    }

    [Fact]
    public async Task Mappings_bring_all_digits_from_paths_and_constants()
    {
        await _client.RunAsync(".create table T (n:long, m:decimal, c:decimal)");
        string mapping = $$$"""[{"Column":"n","Properties":{"Path":"$.n"}},{"Column":"m","Properties":{"Path":"$.a.b[0]"}},{"Column":"c","Properties":{"ConstValue":"{{{Exact}}}"}}]""";
        JsonElement blob = await _client.IngestAsync("T", $$$"""{"n":1,"a":{"b":[{{{Exact}}}]}}""", new { format = "json", enableTracking = true, ingestionMapping = mapping });
        Assert.Equal("Succeeded", blob.GetProperty("status").GetString());
        await ExpectAsync("T | project m", Exact);
        await ExpectAsync("T | project c", Exact);
    }

    [Fact]
    public async Task Commands_bring_all_digits()
    {
        await _client.RunAsync(".create table T (n:long, m:decimal)");
        await _client.RunAsync($".ingest inline into table T <|\n1,{Exact}");
        await _client.RunAsync(".set-or-append T <| T | project n = n + 1, m = m * 2");
        await ExpectAsync("T | sort by n asc | project m", Exact, "-2469135780.246913578024691357802468");
    }

    [Fact]
    public async Task A_parameter_of_a_request_has_all_digits()
    {
        var body = new { db = LocalClient.Database, csl = "declare query_parameters(m:decimal); print m", properties = new { Parameters = new { m = $"decimal({Exact})" } } };
        using HttpResponseMessage response = await _client.PostAsync("v2/rest/query", body);
        Assert.Contains($"[\"{Exact}\"]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task ExpectAsync(string query, params string?[] expected)
    {
        Assert.Equal(expected, (await _client.QueryAsync(query)).Select(r => r.Values.Single().GetString()));
        using HttpResponseMessage response = await _client.PostAsync("v1/rest/query", new { db = LocalClient.Database, csl = query });
        JsonElement rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("Tables")[0].GetProperty("Rows");
        Assert.Equal(expected, rows.EnumerateArray().Select(r => r[0].GetString()));
    }
}
