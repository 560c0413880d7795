using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>
/// One of several clients that work at random on the same tables. Each of its requests that bring rows has a number of its own,
/// which stands in each of its rows: <c>n</c>, and which of them it is: <c>i</c>. T takes data, and A results of queries.
/// </summary>
internal sealed class ParallelClient(LocalClient client, int number, int seed)
{
    public const int MostRows = 6000;
    private const int Tags = 5;

    private readonly Random _random = new(seed + number);
    private int _next;

    /// <summary>The rows of every request, whatever became of it.</summary>
    public Dictionary<long, int> Sent { get; } = [];

    /// <summary>What must be in T or A: for each request that was taken the number of its rows.</summary>
    public Dictionary<long, int> Taken { get; } = [];

    /// <summary>Queued operations, in the order in which they were queued, with the number and the rows of each blob.</summary>
    public List<(string Operation, (long Number, int Rows)[] Blobs)> Queued { get; } = [];

    /// <summary>Commands in the background, with the number of the request and its rows.</summary>
    public List<(string Operation, long Number, int Rows)> Started { get; } = [];

    /// <summary>Messages of the classic protocol: their ids, with the number of the request and its rows; less than none for a bad one.</summary>
    public List<(string Id, long Number, int Rows)> Messages { get; } = [];

    /// <summary>The requests of which at most one may have brought rows, by their tag.</summary>
    public List<(int Tag, long Number, bool IsTaken)> Tagged { get; } = [];

    public async Task WorkAsync(int rounds)
    {
        Func<Task>[] ways =
        [
            StreamAsync, InlineAsync, AppendAsync, AppendInBackgroundAsync, QueueAsync, QueueAsync, CancelAsync, MessageAsync, TagAsync, ReplaceAsync, ClearAsync,
            MakeAndDropAsync, WidenAsync, MapAsync, SetPolicyAsync, GrantAsync,
        ];
        for (int round = 0; round < rounds; round++)
            await ways[_random.Next(ways.Length)]();
    }

    private async Task StreamAsync()
    {
        (long n, int rows) = NewRequest(50);
        await ExpectAsync(client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv", new StringContent(Lines(n, rows))));
        Taken.Add(n, rows);
    }

    private async Task InlineAsync()
    {
        (long n, int rows) = NewRequest(50);
        await client.RunAsync($".ingest inline into table T <| {Lines(n, rows)}");
        Taken.Add(n, rows);
    }

    private async Task AppendAsync()
    {
        (long n, int rows) = NewRequest(MostRows);
        await client.RunAsync($".append Other <| {Query(n, rows)}");
        await client.RunAsync($".set-or-append A <| {Query(n, rows)}");
        Taken.Add(n, rows);
    }

    private async Task AppendInBackgroundAsync()
    {
        (long n, int rows) = NewRequest(MostRows);
        Started.Add(((await client.RunAsync($".append async A <| {Query(n, rows)}"))[0]["OperationId"].GetString()!, n, rows));
    }

    private async Task QueueAsync()
    {
        var blobs = new (long Number, int Rows)[_random.Next(1, 4)];
        string[] urls = new string[blobs.Length];
        for (int i = 0; i < blobs.Length; i++)
        {
            blobs[i] = NewRequest(_random.Next(4) == 0 ? MostRows : 20);
            urls[i] = await client.UploadAsync(Text(blobs[i].Number) + ".csv", Encoding.UTF8.GetBytes(Lines(blobs[i].Number, blobs[i].Rows)));
        }

        using HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true }, urls);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        Queued.Add((JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!, blobs));
    }

    private async Task CancelAsync()
    {
        if (Queued.Count > 0) await client.RunAsync($".cancel queued ingestion operation '{Queued[^1].Operation}'");
    }

    private async Task MessageAsync()
    {
        (long n, int rows) = NewRequest(20);
        bool isBad = _random.Next(4) == 0;
        var classic = new ClassicClient(client);
        JsonObject message = await classic.MessageAsync(await client.UploadAsync(Text(n) + ".csv", Encoding.UTF8.GetBytes(isBad ? "\"open" : Lines(n, rows))));
        await classic.PutAsync(message);
        Messages.Add((message["Id"]!.GetValue<string>(), n, isBad ? -1 : rows));
    }

    private async Task TagAsync()
    {
        (long n, int rows) = NewRequest(20);
        int tag = _random.Next(Tags);
        using HttpResponseMessage response = await client.CommandAsync($".ingest inline into table T with (tags='[\"ingest-by:{tag}\"]', ingestIfNotExists='[\"{tag}\"]') <| {Lines(n, rows)}");
        Tagged.Add((tag, n, response.StatusCode == HttpStatusCode.OK));
        if (response.StatusCode == HttpStatusCode.OK) Taken.Add(n, rows);
    }

    private async Task ReplaceAsync()
    {
        (long n, int rows) = NewRequest(100);
        await client.RunAsync($".set-or-replace Replaced with (recreate_schema={(_random.Next(2) == 0 ? "true" : "false")}) <| {Query(n, rows)}");
    }

    private async Task ClearAsync() => await client.RunAsync(".clear table Other data");

    private async Task MakeAndDropAsync()
    {
        await client.RunAsync(".create-merge table Passing (n:long)");
        if (_random.Next(2) == 0)
            await client.RunAsync(".set-or-append Passing <| print n=1");
        else
            await client.RunAsync(".drop table Passing ifexists");
    }

    private async Task WidenAsync() => await client.RunAsync($".alter-merge table T (c{_random.Next(3)}:string)");

    private async Task MapAsync()
    {
        string mapping = $"M{_random.Next(3)}";
        if (_random.Next(3) > 0)
        {
            await client.RunAsync($".create-or-alter table T ingestion csv mapping '{mapping}' '[{{\"Column\":\"n\",\"Properties\":{{\"Ordinal\":\"{_random.Next(3)}\"}}}}]'");
            return;
        }

        using HttpResponseMessage response = await client.CommandAsync($".drop table T ingestion csv mapping '{mapping}'");
        Assert.True((int)response.StatusCode < 500);
    }

    private async Task SetPolicyAsync() => await client.RunAsync($".alter table T policy ingestionbatching '{{\"MaximumNumberOfItems\":{_random.Next(1, 500)}}}'");

    private async Task GrantAsync()
    {
        string principal = $"'aaduser=user{_random.Next(3)}@contoso.com'";
        await client.RunAsync(_random.Next(2) == 0
            ? $".add database NetDefaultDB viewers ({principal}) 'by {number}'"
            : $".drop database NetDefaultDB viewers ({principal})");
    }

    private (long Number, int Rows) NewRequest(int most)
    {
        long request = (number * 1_000_000L) + ++_next;
        Sent.Add(request, _random.Next(1, most));
        return (request, Sent[request]);
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> request)
    {
        using HttpResponseMessage response = await request;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Query(long number, int rows) => $"range i from 1 to {rows} step 1 | project n = {number}, i";

    private static string Lines(long number, int rows) => string.Join('\n', Enumerable.Range(1, rows).Select(i => $"{Text(number)},{Text(i)}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
