using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Persistence;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>A stand-in that is stopped while it works, and what the next one on its folder has.</summary>
public sealed class StopTests : IDisposable
{
    private const int Many = 200_000;

    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The blob turns out to be bad when the stop was asked for already.</summary>
    [Fact]
    public async Task A_blob_that_fails_while_it_stops_leaves_the_folder_to_the_next()
    {
        string operation;
        await using (LocalCluster cluster = _folder.Start())
        {
            using var client = new LocalClient(cluster);
            await client.RunAsync(".create table T (a:long)");
            operation = await QueueAsync(client, Numbers(Many) + "\n\"open");
            await BeginsAsync(client, operation);
        }

        await using LocalCluster next = _folder.Start();
        using var reader = new LocalClient(next);
        JsonElement status = await reader.WaitAsync("T", operation);
        Assert.Equal("Stream_ClosingQuoteMissing", status.GetProperty("details")[0].GetProperty("errorCode").GetString());
        Assert.Empty(await reader.QueryAsync("T"));
    }

    [Fact]
    public async Task Blobs_that_waited_when_it_stopped_come_once_and_in_their_order()
    {
        var operations = new List<string>();
        await using (LocalCluster cluster = _folder.Start())
        {
            using var client = new LocalClient(cluster);
            await client.RunAsync(".create table T (a:long)");
            foreach (int count in (int[])[Many, 1, Many / 2, 1, 1])
                operations.Add(await QueueAsync(client, Numbers(count)));
            await BeginsAsync(client, operations[0]);
        }

        await using LocalCluster next = _folder.Start();
        using var reader = new LocalClient(next);
        foreach (string operation in operations)
            Assert.Equal(1, (await reader.WaitAsync("T", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32());
        List<Dictionary<string, JsonElement>> rows = await reader.QueryAsync("T | serialize n = row_number() | where a == 1 | project n");
        Assert.Equal([1, Many + 1, Many + 2, (Many * 3 / 2) + 2, (Many * 3 / 2) + 3], rows.Select(r => r["n"].GetInt64()));
    }

    [Fact]
    public async Task It_has_stopped_once_the_commands_in_the_background_have()
    {
        var services = new LocalServices(new Uri("http://localhost:1/"), new LocalClusterOptions(), StateLog.None);
        using var mayEnd = new ManualResetEventSlim();
        bool hasEnded = false;
        services.Operations.RunInBackground(() =>
        {
            mayEnd.Wait(TestContext.Current.CancellationToken);
            hasEnded = true;
        });
        Task stopping = services.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        mayEnd.Set();
        await stopping;
        Assert.True(hasEnded);
    }

    private static string Numbers(int count) => string.Join('\n', Enumerable.Range(1, count));

    private static async Task BeginsAsync(LocalClient client, string operation)
    {
        while ((await client.RunAsync($".show queued ingestion operations '{operation}' details"))[0]["IngestionStatus"].GetString() == "Pending")
            await Task.Yield();
    }

    private static async Task<string> QueueAsync(LocalClient client, string data)
    {
        string url = await client.UploadAsync(Guid.NewGuid() + ".csv", Encoding.UTF8.GetBytes(data));
        using HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true }, url);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!;
    }
}
