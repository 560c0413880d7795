using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class BatchingTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly LocalCluster _cluster;
    private readonly LocalClient _admin;

    public BatchingTests()
    {
        _cluster = LocalCluster.Start(new LocalClusterOptions { SimulateBatching = true, Clock = _clock });
        _admin = new LocalClient(_cluster);
    }

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_policy_a_batch_is_sealed_after_five_minutes()
    {
        string first = await QueueAsync("1");
        _clock.Advance(TimeSpan.FromSeconds(299));
        string second = await QueueAsync("2");
        await AssertWaitingAsync(first);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _admin.WaitAsync("T", first);
        await _admin.WaitAsync("T", second);
        Assert.Equal([1, 2], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task The_policy_says_how_long_and_how_many()
    {
        await _admin.RunAsync(".alter table T policy ingestionbatching '{\"MaximumBatchingTimeSpan\":\"00:00:10\",\"MaximumNumberOfItems\":3}'");
        string first = await QueueAsync("1");
        await QueueAsync("2");
        await AssertWaitingAsync(first);
        string third = await QueueAsync("3");
        await _admin.WaitAsync("T", third);
        string fourth = await QueueAsync("4");
        await AssertWaitingAsync(fourth);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _admin.WaitAsync("T", fourth);
        Assert.Equal(4, (await _admin.QueryAsync("T")).Count);
    }

    [Fact]
    public async Task The_size_that_was_told_seals_a_batch()
    {
        await _admin.RunAsync(".alter table T policy ingestionbatching '{\"MaximumRawDataSizeMB\":100}'");
        string first = await QueueAsync("1", rawSize: 60_000_000);
        await AssertWaitingAsync(first);
        await QueueAsync("2", rawSize: 60_000_000);
        await _admin.WaitAsync("T", first);
    }

    [Fact]
    public async Task Blobs_that_go_alone_do_not_wait()
    {
        await _admin.WaitAsync("T", await QueueAsync("1", properties: new { format = "csv", enableTracking = true, skipBatching = true }));
        await _admin.WaitAsync("T", await QueueAsync("2", properties: new { format = "csv", enableTracking = true, tags = new[] { "ingest-by:x" } }));
        await _admin.WaitAsync("T", await QueueAsync("3", properties: new { format = "csv", enableTracking = true, ingestIfNotExists = new[] { "y" } }));
        Assert.Equal(3, (await _admin.QueryAsync("T")).Count);
    }

    [Fact]
    public async Task Different_properties_make_different_batches()
    {
        await _admin.RunAsync(".alter table T policy ingestionbatching '{\"MaximumNumberOfItems\":2}'");
        string plain = await QueueAsync("1");
        await QueueAsync("2", properties: new { format = "csv", enableTracking = true, tags = new[] { "other" } });
        await AssertWaitingAsync(plain);
        await QueueAsync("3");
        await _admin.WaitAsync("T", plain);
        Assert.Equal([1, 3], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task What_waits_can_be_canceled()
    {
        string operation = await QueueAsync("1");
        Dictionary<string, JsonElement> canceled = (await _admin.RunAsync($".cancel queued ingestion operation '{operation}'")).Single();
        Assert.Equal("Canceled", canceled["State"].GetString());
        Assert.Equal(1, canceled["Canceled"].GetInt64());
        Assert.Equal(0, canceled["Pending"].GetInt64());
        string sentinel = await QueueAsync("2");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _admin.WaitAsync("T", sentinel);
        JsonElement status = await _admin.WaitAsync("T", operation);
        Assert.Equal(1, status.GetProperty("status").GetProperty("Canceled").GetInt32());
        Assert.Equal("Canceled", status.GetProperty("details")[0].GetProperty("status").GetString());
        Assert.Equal(2, (await _admin.QueryAsync("T")).Single()["a"].GetInt64());
    }

    private async Task<string> QueueAsync(string data, object? properties = null, long? rawSize = null)
    {
        string url = await _admin.UploadAsync(Guid.NewGuid() + ".csv", System.Text.Encoding.UTF8.GetBytes(data));
        using HttpResponseMessage response = await _admin.PostAsync(
            $"v1/rest/ingestion/queued/{LocalClient.Database}/T", new { blobs = new[] { new { url, rawSize } }, properties = properties ?? new { format = "csv", enableTracking = true } });
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!;
    }

    private async Task AssertWaitingAsync(string operation)
    {
        Dictionary<string, JsonElement> shown = (await _admin.RunAsync($".show queued ingestion operations '{operation}'")).Single();
        Assert.Equal("InProgress", shown["State"].GetString());
        Assert.Equal(1, shown["Pending"].GetInt64());
    }
}
