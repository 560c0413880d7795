using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>Queued blobs whose turns come while others are canceled, or what they were read from or for becomes another.</summary>
public sealed class QueueOrderTests : IAsyncLifetime
{
    private const int Many = 200_000;

    private readonly ManualClock _clock = new();
    private readonly LocalCluster _cluster;
    private readonly LocalClient _client;

    public QueueOrderTests()
    {
        _cluster = LocalCluster.Start(new LocalClusterOptions { SimulateBatching = true, Clock = _clock });
        _client = new LocalClient(_cluster);
    }

    public async ValueTask InitializeAsync() => await _client.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    /// <summary>The first blob takes long to read; the third, behind a canceled one, is read meanwhile and waits all the same.</summary>
    [Fact]
    public async Task A_canceled_blob_lets_nobody_pass_those_before_it()
    {
        await UploadAndQueueAsync("first.csv", Numbers(1, Many));
        string canceled = await UploadAndQueueAsync("canceled.csv", "0");
        string last = await UploadAndQueueAsync("last.csv", "-1");
        await _client.RunAsync($".cancel queued ingestion operation '{canceled}'");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _client.WaitAsync("T", last);
        Assert.Equal(Many + 1, (await _client.QueryAsync("T | count"))[0]["Count"].GetInt64());
        Assert.Equal(1, (await _client.QueryAsync("T | take 1"))[0]["a"].GetInt64());
    }

    /// <summary>Two operations read a blob ahead while an earlier one goes on; meanwhile others are written in its place.</summary>
    [Fact]
    public async Task A_blob_that_is_overwritten_before_its_turn_is_not_lost_and_none_comes_twice()
    {
        string first = await UploadAndQueueAsync("first.csv", Numbers(1, Many));
        string url = await _client.UploadAsync("second.csv", "-1"u8.ToArray());
        string[] twice = [await QueueAsync(url), await QueueAsync(url)];
        _clock.Advance(TimeSpan.FromMinutes(5));
        int written = 1;
        do
        {
            using HttpResponseMessage put = await _client.PutBlobAsync(url, Encoding.UTF8.GetBytes($"-{++written}"));
            Assert.True(put.IsSuccessStatusCode);
        }
        while (await IsGoingOnAsync(first));

        int succeeded = 0;
        foreach (string operation in twice)
            succeeded += (await _client.WaitAsync("T", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32();
        long[] versions = [.. (await _client.QueryAsync("T | where a < 0")).Select(r => -r["a"].GetInt64())];
        Assert.Equal(versions.Distinct(), versions);
        Assert.Equal(succeeded, versions.Length);
        using HttpResponseMessage left = await _client.SendAsync(HttpMethod.Get, url);
        Assert.Equal(!versions.Contains(written), left.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_table_that_is_made_anew_before_the_turn_of_a_blob_takes_its_rows()
    {
        await _client.RunAsync(".create table First (a:long)");
        for (int round = 0; round < 10; round++)
        {
            await UploadAndQueueAsync($"first{round}.csv", Numbers(1, Many), "First");
            string second = await UploadAndQueueAsync($"second{round}.csv", "-1");
            _clock.Advance(TimeSpan.FromMinutes(5));
            while (await IsGoingOnAsync(second))
                await _client.RunAsync(".set-or-replace T with (recreate_schema=true) <| print a=1");
            JsonElement status = await _client.WaitAsync("T", second);
            Assert.Equal("Succeeded", status.GetProperty("details")[0].GetProperty("status").GetString());
        }
    }

    private static string Numbers(int first, int count) => string.Join('\n', Enumerable.Range(first, count));

    private async Task<bool> IsGoingOnAsync(string operation) =>
        (await _client.RunAsync($".show queued ingestion operations '{operation}'"))[0]["Pending"].GetInt64() > 0;

    private async Task<string> UploadAndQueueAsync(string name, string data, string table = "T") => await QueueAsync(await _client.UploadAsync(name, Encoding.UTF8.GetBytes(data)), table);

    private async Task<string> QueueAsync(string url, string table = "T")
    {
        using HttpResponseMessage response = await _client.QueueAsync(table, new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!;
    }
}
