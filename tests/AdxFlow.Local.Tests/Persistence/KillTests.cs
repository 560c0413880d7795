using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Flow;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>The console program, killed again and again while many write to it, and what it has afterwards.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Seed = 20_261_122;

    /// <summary>Rows of one request, which are there together or not at all: few, and so many that they go into a file of their own.</summary>
    private const int Few = 20;
    private const int Many = 5000;

    private readonly ConcurrentDictionary<long, int> _requests = new();
    private readonly ConcurrentQueue<string> _operations = new();
    private readonly ConcurrentDictionary<string, bool> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _deleted = new();
    private readonly ConcurrentQueue<(string Flow, string Run)> _runs = new();
    private long _next;
    private long _failures;
    private long _unansweredFailures;

    [Fact]
    public async Task What_was_acknowledged_is_there_once_and_whole_whenever_the_process_was_killed()
    {
        using var folder = new LocalFolder();
        JsonObject flow = await PrepareFlowAsync(folder);
        var random = new Random(Seed);
        string? authorization = null;
        for (int kill = 0; kill < Kills; kill++)
        {
            using LocalProgram program = await LocalProgram.StartAsync(["--path", folder.Path]);
            LocalClient client = program.Client;
            using AdobeClient adobe = await AdobeClient.ConnectAsync(program.Address);

            // A token outlives the process that gave it out.
            adobe.Headers["Authorization"] = authorization ??= adobe.Headers["Authorization"];
            await client.RunAsync(".create table T (n:long, i:long)");
            await client.RunAsync(".alter table T policy streamingingestion enable");
            var enough = new Countdown(random.Next(5, 80));
            var queued = new Countdown(2);
            Task[] writers =
            [
                WriteAsync(enough, n => AddAsync(n, Few, client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv", new StringContent(Lines(n))))),
                WriteAsync(enough, n => AddAsync(n, Few, client.CommandAsync($".ingest inline into table T <| {Lines(n)}"))),
                WriteAsync(enough, n => AddAsync(n, Many, client.CommandAsync($".set-or-append T <| range i from 1 to {Many} step 1 | project n = {n}, i"))),
                WriteAsync(enough, n => AddAsync(n, Few, QueueAsync(client, n, queued))),
                WriteAsync(enough, n => MakeTableAsync(client, "T" + Text(n), drops: n % 3 == 0)),
                WriteAsync(enough, _ => FailAsync(client)),
                WriteAsync(enough, n => ConnectAsync(adobe, n)),
                WriteAsync(enough, _ => RunFlowAsync(adobe, flow)),
            ];

            // Whoever stops by itself has found a defect, which is told below.
            await Task.WhenAny([Task.WhenAll(enough.Reached, queued.Reached), .. writers]);
            await program.KillAsync();
            await Task.WhenAll(writers);
        }

        await CheckAsync(folder);
    }

    private async Task CheckAsync(LocalFolder folder)
    {
        using LocalCluster cluster = folder.Start();
        using var reader = new LocalClient(cluster);
        foreach (string operation in _operations)
            Assert.Equal(1, (await reader.WaitAsync("T", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32());
        var requests = (await reader.QueryAsync("T | summarize rows = count(), different = dcount(i) by n")).ToDictionary(r => r["n"].GetInt64());
        Assert.True(_requests.Count > Kills && _operations.Count > Kills && !_tables.IsEmpty && !_connections.IsEmpty && _failures > 0, "Too little was acknowledged to tell anything.");
        Assert.All(_requests, r => Assert.Equal(r.Value, requests[r.Key]["rows"].GetInt64()));
        Assert.All(requests.Values, r => Assert.True((r["rows"].GetInt64(), r["different"].GetInt64()) is (Few, Few) or (Many, Many), "Some rows of a request are missing, or there twice."));

        HashSet<string> tables = [.. (await reader.RunAsync(".show tables")).Select(r => r["TableName"].GetString()!)];
        Assert.All(_tables, t => Assert.Equal(t.Value, tables.Contains(t.Key)));
        Assert.InRange((await reader.RunAsync(".show streamingingestion failures")).Sum(r => r["Count"].GetInt64()), _failures, _failures + _unansweredFailures);

        using AdobeClient adobe = await AdobeClient.ConnectAsync(cluster);
        foreach ((string id, string etag) in _connections)
            Assert.Equal(etag, (await adobe.ItemAsync("connections/" + id))["etag"]!.GetValue<string>());
        foreach (string id in _deleted)
            Assert.Equal("FLOW-1439-404", await adobe.RefusedAsync(HttpMethod.Get, "connections/" + id));
        foreach ((string flow, string run) in _runs)
            Assert.Equal([run], (await adobe.GetAsync($"runs?property=flowId=={flow}"))["items"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()));
    }

    /// <summary>Writes something with a number of its own, again and again, until nobody answers.</summary>
    private async Task WriteAsync(Countdown enough, Func<long, Task> write)
    {
        try
        {
            while (true)
            {
                await write(Interlocked.Increment(ref _next));
                enough.Signal();
            }
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            // The process is gone.
        }
    }

    private async Task AddAsync(long number, int rows, Task<HttpResponseMessage> write)
    {
        using HttpResponseMessage response = await write;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        _requests[number] = rows;
    }

    private async Task<HttpResponseMessage> QueueAsync(LocalClient client, long number, Countdown queued)
    {
        string url = await client.UploadAsync(Text(number) + ".csv", Encoding.UTF8.GetBytes(Lines(number)));
        HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url);
        string body = await response.Content.ReadAsStringAsync();
        _operations.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
        queued.Signal();
        return response;
    }

    private async Task MakeTableAsync(LocalClient client, string table, bool drops)
    {
        await ExpectAsync(client.CommandAsync($".create table {table} (n:long)"));
        if (drops) await ExpectAsync(client.CommandAsync($".drop table {table}"));
        _tables[table] = !drops;
    }

    /// <summary>A request that must fail, and is counted.</summary>
    private async Task FailAsync(LocalClient client)
    {
        Interlocked.Increment(ref _unansweredFailures);
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv&mappingName=none", new StringContent("1,1"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Interlocked.Decrement(ref _unansweredFailures);
        Interlocked.Increment(ref _failures);
    }

    private async Task ConnectAsync(AdobeClient adobe, long number)
    {
        JsonNode made = await adobe.ExpectAsync(201, HttpMethod.Post, "flowservice/connections", adobe.Connection("C" + Text(number)));
        string id = made["id"]!.GetValue<string>(), etag = made["etag"]!.GetValue<string>();
        if (number % 3 == 0)
        {
            await adobe.ExpectAsync(204, HttpMethod.Delete, "flowservice/connections/" + id);
            _deleted.Enqueue(id);
            return;
        }

        object[] patch = [new { op = "replace", path = "/description", value = Text(number) }];
        JsonNode changed = await adobe.ExpectAsync(200, HttpMethod.Patch, "flowservice/connections/" + id, patch, ("If-Match", etag));
        _connections[id] = changed["etag"]!.GetValue<string>();
    }

    /// <summary>Makes a flow, which has its one run at once.</summary>
    private async Task RunFlowAsync(AdobeClient adobe, JsonObject body)
    {
        body["scheduleParams"]!["startTime"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string flow = await adobe.CreateAsync("flows", body);
        _runs.Enqueue((flow, (await adobe.ItemAsync($"runs?property=flowId=={flow}"))["id"]!.GetValue<string>()));
    }

    /// <summary>All that a flow needs, and what to send to make one.</summary>
    private static async Task<JsonObject> PrepareFlowAsync(LocalFolder folder)
    {
        await using Dataflow dataflow = await Dataflow.StartAsync(path: folder.Path);
        return JsonSerializer.SerializeToNode(dataflow.Flow())!.AsObject();
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> request)
    {
        using HttpResponseMessage response = await request;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Lines(long number) => string.Join('\n', Enumerable.Range(1, Few).Select(i => $"{Text(number)},{Text(i)}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Tells when something has happened so many times.</summary>
    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Reached => _reached.Task;

        public void Signal()
        {
            if (Interlocked.Decrement(ref _left) <= 0) _reached.TrySetResult();
        }
    }
}
