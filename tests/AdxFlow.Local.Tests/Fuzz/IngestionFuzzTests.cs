using System.Net;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Spoilt messages, entities, archives and text: each is taken or refused, and the server goes on.</summary>
public sealed class IngestionFuzzTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly ClassicClient _classic;
    private readonly Random _random = new(FuzzSettings.Seed);
    private readonly ByteMutator _bytes;

    public IngestionFuzzTests()
    {
        _admin = new LocalClient(_cluster);
        _classic = new ClassicClient(_admin);
        _bytes = new ByteMutator(_random);
    }

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long, b:string)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Queue_messages()
    {
        string queue = ClassicClient.Below((await _classic.ResourcesAsync("SecuredReadyForAggregationQueue"))[0], "/messages");
        byte[] message = Encoding.UTF8.GetBytes((await _classic.MessageAsync(await _admin.UploadAsync("f.csv", "1,x"u8.ToArray()))).ToJsonString());
        for (int i = FuzzSettings.Rounds(300); i > 0; i--)
        {
            string text = Convert.ToBase64String(_bytes.Next(message));
            byte[] body = Encoding.UTF8.GetBytes($"<QueueMessage><MessageText>{text}</MessageText></QueueMessage>");
            if (i % 2 == 1) body = _bytes.Next(body);
            await AssertServedAsync(await _admin.SendAsync(HttpMethod.Post, queue, new ByteArrayContent(body)));
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task Entities_and_their_addresses()
    {
        string table = (await _classic.ResourcesAsync("IngestionsStatusTable"))[0];
        byte[] entity = "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Status\":\"Pending\",\"Nested\":[1,{\"x\":null}]}"u8.ToArray();
        byte[] keys = "(PartitionKey='p''q',RowKey='r')"u8.ToArray();
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];
        for (int i = FuzzSettings.Rounds(300); i > 0; i--)
        {
            string address = i % 3 == 0 ? table : ClassicClient.Below(table, Uri.EscapeDataString(Encoding.Latin1.GetString(_bytes.Next(keys))));
            HttpMethod method = methods[_random.Next(methods.Length)];
            await AssertServedAsync(await _admin.SendAsync(method, address, method == HttpMethod.Get ? null : new ByteArrayContent(_bytes.Next(entity))));
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task Commands()
    {
        string blob = await _admin.UploadAsync("c.csv", "1,x"u8.ToArray());
        string[] commands =
        [
            $".ingest into table T (h@'{blob}') with (format='csv', ignoreFirstRecord=false, tags='[\"x\"]')",
            $".ingest-from-storage-queued into table database('NetDefaultDB').T EnableTracking=true SkipBatching=false CompressionFactor=2.5 with (format='csv') <| .list blobs (h@'{blob}') Suffix='.csv' MaxFiles=3",
            $".ingest-from-storage-queued into table T <| '{blob}'\n'{blob}'",
            ".set-or-append async U with (extend_schema=false, docstring='d', tags='[]') <| T | where a > 0 | project a",
            ".set-or-replace U <| print a=1, b='x'",
            ".show operations (b152f9da-616a-40a7-8cde-f2390cfc8064, 'b152f9da-616a-40a7-8cde-f2390cfc8064') | project State",
            ".cancel queued ingestion operation 'x;y'",
            ".show ingestion failures with (OperationId='b152f9da-616a-40a7-8cde-f2390cfc8064')",
            ".get ingestion resources with (EnableBlobCors='true')",
            ".clear table T cache streamingingestion schema",
        ];
        foreach (string command in commands)
        {
            for (int i = FuzzSettings.Rounds(600) / commands.Length; i > 0; i--)
                await AssertServedAsync(await _admin.CommandAsync(Encoding.UTF8.GetString(_bytes.Next(Encoding.UTF8.GetBytes(command)))));
        }

        await _admin.RunAsync(".show tables");
    }

    [Fact]
    public async Task Streams()
    {
        await _admin.RunAsync(".alter table T policy streamingingestion enable");
        byte[] query = "streamFormat=csv&mappingName=M&sourceKind=uri"u8.ToArray();
        for (int i = FuzzSettings.Rounds(200); i > 0; i--)
        {
            string address = $"v1/rest/ingest/NetDefaultDB/T?{(i % 2 == 0 ? "streamFormat=csv" : Uri.EscapeDataString(Encoding.Latin1.GetString(_bytes.Next(query))).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal))}";
            var content = new ByteArrayContent(_bytes.Next(i % 3 == 0 ? Packed.Gzip("1,x\n2,y\n"u8.ToArray()) : "{\"SourceUri\":\"http://localhost/x\"}"u8.ToArray()));
            if (i % 3 == 0) content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
            await AssertServedAsync(await _admin.SendAsync(HttpMethod.Post, address, content));
        }

        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("csv", "f.zip")]
    [InlineData("csv", "f.csv.gz")]
    [InlineData("csv", "f.csv")]
    [InlineData("tsve", "f.tsv")]
    [InlineData("json", "f.json")]
    [InlineData("multijson", "f.json")]
    [InlineData("singlejson", "f.json")]
    [InlineData("txt", "f.txt")]
    [InlineData("raw", "f.raw")]
    public async Task Data(string format, string name)
    {
        byte[] data = format.EndsWith("json", StringComparison.Ordinal) ? "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"\\u00e9\"}"u8.ToArray() : "1,\"x\ny\"\r\n2,z\t\\\n"u8.ToArray();
        if (name.EndsWith(".zip", StringComparison.Ordinal)) data = Packed.Zip(data);
        if (name.EndsWith(".gz", StringComparison.Ordinal)) data = Packed.Gzip(data);
        string[] urls = new string[20];
        for (int round = FuzzSettings.Rounds(160) / urls.Length; round > 0; round--)
        {
            for (int i = 0; i < urls.Length; i++)
                urls[i] = await _admin.UploadAsync($"{round}/{i}/{name}", _bytes.Next(data));
            using HttpResponseMessage queued = await _admin.QueueAsync("T", new { format, enableTracking = true }, urls);
            string operation = JsonDocument.Parse(await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ingestionOperationId").GetString()!;
            JsonElement status = await _admin.WaitAsync("T", operation);
            Assert.All(status.GetProperty("details").EnumerateArray(), d => Assert.False(d.TryGetProperty("errorCode", out JsonElement code) && code.GetString() == "General_InternalServerError", d.GetRawText()));
        }

        await AssertAliveAsync();
    }

    private static async Task AssertServedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode is < 500 or 501, $"{(int)response.StatusCode} {body}");
        }
    }

    private async Task AssertAliveAsync()
    {
        using HttpResponseMessage response = await _admin.CommandAsync(".show tables");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Succeeded", (await _admin.IngestAsync("T", "1,x", new { format = "csv", enableTracking = true })).GetProperty("status").GetString());
    }
}
