using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;
using AdxFlow.Local.Tests.Persistence;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>Commands of several clients about one table, and commands that fail.</summary>
public sealed class CommandRaceTests : IDisposable
{
    private const int Rounds = 1500;

    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".create table T (a:long)")]
    [InlineData(".create-merge table T (a:long)")]
    public async Task A_table_that_is_dropped_at_once_is_told_as_it_was_made(string create)
    {
        using LocalCluster cluster = LocalCluster.Start();
        using var client = new LocalClient(cluster);
        using var stop = new CancellationTokenSource();
        Task[] drops = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                    await client.RunAsync(".drop table T ifexists");
            },
            TestContext.Current.CancellationToken))];
        for (int round = 0; round < Rounds; round++)
            Assert.Equal("T", Assert.Single(await client.RunAsync(create))["TableName"].GetString());
        await stop.CancelAsync();
        await Task.WhenAll(drops);
    }

    /// <summary>One answer has many looks at the same operation, while its blobs are ingested.</summary>
    [Fact]
    public async Task The_numbers_of_a_queued_operation_make_its_blobs_at_every_look()
    {
        const int Blobs = 20;
        using LocalCluster cluster = LocalCluster.Start();
        using var client = new LocalClient(cluster);
        await client.RunAsync(".create table T (a:long)");
        string[] urls = new string[Blobs];
        for (int i = 0; i < Blobs; i++)
            urls[i] = await client.UploadAsync($"{i}.csv", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 1000))));
        for (int round = 0; round < 20; round++)
        {
            using HttpResponseMessage queued = await client.QueueAsync("T", new { format = "csv", enableTracking = true }, urls);
            string body = await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            string id = JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!;
            string ids = string.Join(", ", Enumerable.Repeat($"'{id}'", 500));
            bool isGoingOn = true;
            while (isGoingOn)
            {
                List<Dictionary<string, JsonElement>> looks = await client.RunAsync($".show queued ingestion operations ({ids})");
                Assert.All(looks, l => Assert.Equal(Blobs, l["Pending"].GetInt64() + l["Canceled"].GetInt64() + l["Ingested"].GetInt64() + l["Failed"].GetInt64()));
                Assert.All(looks, l => Assert.Equal(l["Pending"].GetInt64() > 0 ? "InProgress" : "Completed", l["State"].GetString()));
                isGoingOn = looks[^1]["Pending"].GetInt64() > 0;
            }
        }
    }

    /// <summary>Columns that a mapping brings stay, also where the data that it came with is bad.</summary>
    [Fact]
    public async Task A_column_that_was_seen_is_there_after_a_restart()
    {
        string[] schemas = new string[2];
        for (int start = 0; start < schemas.Length; start++)
        {
            await using LocalCluster cluster = _folder.Start();
            using var client = new LocalClient(cluster);
            if (start == 0)
            {
                await client.RunAsync(".create table T (a:long)");
                var classic = new ClassicClient(client);
                JsonObject message = await classic.MessageAsync(await client.UploadAsync("bad.csv", "\"open"u8.ToArray()));
                message["AdditionalProperties"]!["ingestionMapping"] = "[{\"column\":\"b\",\"datatype\":\"string\",\"Properties\":{\"Ordinal\":\"0\"}}]";
                message["AdditionalProperties"]!["ingestionMappingType"] = "csv";
                await classic.PutAsync(message);
                await classic.ReceiveAsync("FailedIngestionsQueue");
            }

            schemas[start] = (await client.RunAsync(".show table T cslschema"))[0]["Schema"].GetString()!;
        }

        Assert.Equal(schemas[0], schemas[1]);
    }

    [Fact]
    public async Task A_command_whose_rows_are_refused_leaves_no_table_and_no_column_behind()
    {
        using LocalCluster cluster = LocalCluster.Start();
        using var client = new LocalClient(cluster);
        await client.RunAsync(".alter database NetDefaultDB policy retention '{\"SoftDeletePeriod\":\"10.00:00:00\"}'");
        await client.RunAsync(".create table Known (a:long) with (folder='F')");
        await client.RunAsync(".ingest inline into table Known with (tags='[\"ingest-by:x\"]') <| 1");
        string[] commands =
        [
            ".set New with (creationTime='2001-01-01') <| print a=1",
            ".set-or-append Known with (extend_schema=true, folder='G', ingestIfNotExists='[\"x\"]') <| print a=1, b=2",
            ".set-or-append Known with (extend_schema=true, creationTime='2001-01-01') <| print a=1, b=2",
            ".set-or-append Known with (extend_schema=true) <| print a='x', b=2",
        ];
        string before = await client.ShownAsync(".show tables details");
        foreach (string command in commands)
        {
            using HttpResponseMessage response = await client.CommandAsync(command);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(before, await client.ShownAsync(".show tables details"));
            Assert.Equal("a:long", (await client.RunAsync(".show table Known cslschema"))[0]["Schema"].GetString());
        }
    }
}
