using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>The console program on a disk that takes no more: what it refuses is not there, and what it took stays.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Refusals = 30;

    private readonly LocalFolder _folder = new();
    private readonly ConcurrentDictionary<long, int> _taken = new();
    private readonly ConcurrentQueue<string> _operations = new();
    private readonly ConcurrentQueue<string> _tables = new();
    private long _next;

    public void Dispose() => _folder.Dispose();

    /// <summary>Where the disk is full decides which record is the first that it does not take.</summary>
    [Theory]
    [InlineData(48)]
    [InlineData(53)]
    [InlineData(64)]
    [InlineData(71)]
    public async Task What_was_refused_is_not_there_and_what_was_taken_is_also_after_a_kill(int mostKilobytes)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The size of files can be limited by a shell only.");
        using (LocalProgram program = await LocalProgram.StartOnFullDiskAsync(_folder.Path, mostKilobytes))
        {
            LocalClient client = program.Client;
            await client.RunAsync(".create table T (n:long, i:long)");
            await client.RunAsync(".create table Q (n:long, i:long)");
            await client.RunAsync(".alter table T policy streamingingestion enable");
            await TakeSomeAsync(client);
            await Task.WhenAll(
                WriteAsync(n => StreamAsync(client, n)),
                WriteAsync(n => IngestInlineAsync(client, n)),
                WriteAsync(n => AddAsync(n, 20_000, client.CommandAsync($".set-or-append T <| range i from 1 to 20000 step 1 | project n = {n}, i"))),
                WriteAsync(n => QueueAsync(client, n)),
                WriteAsync(n => MakeTableAsync(client, n)));
            Assert.Equal(_taken.OrderBy(t => t.Key), await PresentAsync(client));
            await program.KillAsync();
        }

        await using LocalCluster next = _folder.Start();
        using var reader = new LocalClient(next);
        Assert.Equal(_taken.OrderBy(t => t.Key), await PresentAsync(reader));
        foreach (string operation in _operations)
            Assert.Equal(1, (await reader.WaitAsync("Q", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32());
        Assert.Equal(_operations.Count, (await reader.QueryAsync("Q | distinct n")).Count);
        Assert.Equal(_operations.Count, (await reader.QueryAsync("Q | count"))[0]["Count"].GetInt64());
        Assert.Subset((await reader.RunAsync(".show tables")).Select(t => t["TableName"].GetString()!).ToHashSet(), _tables.ToHashSet());
    }

    /// <summary>What is taken for certain, whoever of those that write at the same time is the fastest to fill the disk.</summary>
    private async Task TakeSomeAsync(LocalClient client)
    {
        for (int round = 0; round < 6; round++)
        {
            Assert.Equal(HttpStatusCode.OK, await StreamAsync(client, Interlocked.Increment(ref _next)));
            Assert.Equal(HttpStatusCode.OK, await IngestInlineAsync(client, Interlocked.Increment(ref _next)));
        }

        for (int round = 0; round < 3; round++)
            Assert.Equal(HttpStatusCode.OK, await QueueAsync(client, Interlocked.Increment(ref _next)));
        Assert.Equal(HttpStatusCode.OK, await MakeTableAsync(client, Interlocked.Increment(ref _next)));
    }

    private async Task WriteAsync(Func<long, Task<HttpStatusCode>> write)
    {
        for (int refused = 0; refused < Refusals;)
        {
            HttpStatusCode status = await write(Interlocked.Increment(ref _next));
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.InternalServerError, status.ToString());
            if (status != HttpStatusCode.OK) refused++;
        }
    }

    private Task<HttpStatusCode> StreamAsync(LocalClient client, long number) => AddAsync(
        number, 3, client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv", new StringContent(Lines(number, 3))));

    private Task<HttpStatusCode> IngestInlineAsync(LocalClient client, long number) =>
        AddAsync(number, 3, client.CommandAsync($".ingest inline into table T <| {Lines(number, 3)}"));

    private async Task<HttpStatusCode> AddAsync(long number, int rows, Task<HttpResponseMessage> write)
    {
        using HttpResponseMessage response = await write;
        if (response.StatusCode == HttpStatusCode.OK) _taken[number] = rows;
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> QueueAsync(LocalClient client, long number)
    {
        string url = await client.BlobAddressAsync(Text(number) + ".csv");
        using HttpResponseMessage put = await client.PutBlobAsync(url, Encoding.UTF8.GetBytes(Lines(number, 1)));
        if (!put.IsSuccessStatusCode) return put.StatusCode;
        using HttpResponseMessage response = await client.QueueAsync("Q", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url);
        string body = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) _operations.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> MakeTableAsync(LocalClient client, long number)
    {
        using HttpResponseMessage response = await client.CommandAsync($".create table T{Text(number)} (n:long)");
        if (response.IsSuccessStatusCode) _tables.Enqueue("T" + Text(number));
        return response.StatusCode;
    }

    private static async Task<IEnumerable<KeyValuePair<long, int>>> PresentAsync(LocalClient client) =>
        (await client.QueryAsync("T | summarize rows = count() by n | sort by n asc")).Select(r => KeyValuePair.Create(r["n"].GetInt64(), (int)r["rows"].GetInt64()));

    private static string Lines(long number, int rows) => string.Join('\n', Enumerable.Range(1, rows).Select(i => $"{Text(number)},{Text(i)}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
