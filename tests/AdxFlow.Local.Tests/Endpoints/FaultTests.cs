using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;

    public FaultTests() => _admin = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_fault_strikes_its_requests_as_often_as_told_and_no_others()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Configuration, Count = 2, StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(7) });
        await _admin.RunAsync(".show tables");
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage throttled = await _admin.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration");
            Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), throttled.Headers.RetryAfter!.Delta);
            Assert.False((await LocalClient.ErrorAsync(throttled)).GetProperty("@permanent").GetBoolean());
        }

        using HttpResponseMessage served = await _admin.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public async Task A_fault_before_the_action_leaves_it_undone_and_one_after_has_done_it()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Management });
        using (HttpResponseMessage before = await _admin.CommandAsync(".ingest inline into table T <| 1"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Empty(await _admin.QueryAsync("T"));

        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Management, StatusCode = 504, AfterAction = true });
        using (HttpResponseMessage after = await _admin.CommandAsync(".ingest inline into table T <| 1"))
            Assert.Equal(HttpStatusCode.GatewayTimeout, after.StatusCode);
        Assert.Single(await _admin.QueryAsync("T"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_can_be_cut_before_and_after(bool afterAction)
    {
        string address = await _admin.BlobAddressAsync("x.csv");
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.BlobUpload, Abort = true, AfterAction = afterAction });
        await Assert.ThrowsAsync<HttpRequestException>(() => _admin.PutBlobAsync(address, [1, 2, 3]));
        Assert.Equal(0, _cluster.Requests[^1].Status);
        using HttpResponseMessage head = await _admin.SendAsync(HttpMethod.Head, address);
        Assert.Equal(afterAction ? HttpStatusCode.OK : HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task A_queued_request_whose_answer_is_lost_is_ingested_all_the_same()
    {
        string url = await _admin.UploadAsync("x.csv", "1"u8.ToArray());
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.QueuedPost, AfterAction = true });
        using HttpResponseMessage lost = await _admin.QueueAsync("T", new { format = "csv", enableTracking = true }, url);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);

        // Blobs are ingested in order, so the next one's end is the first one's too.
        JsonElement next = await _admin.IngestAsync("T", "2", new { format = "csv", enableTracking = true });
        Assert.Equal("Succeeded", next.GetProperty("status").GetString());
        Assert.Equal([1, 2], (await _admin.QueryAsync("T")).Select(r => r["a"].GetInt64()));
    }

    [Fact]
    public async Task A_held_request_is_served_when_it_is_released()
    {
        var release = new TaskCompletionSource();
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Query, HoldUntil = release.Task });
        Task<List<Dictionary<string, JsonElement>>> held = _admin.QueryAsync("T | count");
        await _admin.RunAsync(".ingest inline into table T <| 1");
        release.SetResult();
        Assert.Equal(1, (await held).Single()["Count"].GetInt64());
    }

    [Fact]
    public async Task A_cut_answer_arrives_up_to_its_cut()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Query, CutAfter = 1000 });
        using HttpResponseMessage response = await _admin.StartQueryAsync("range x from 1 to 100000 step 1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        var received = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received));
        Assert.Equal(1000, received.Length);
        await _admin.QueryAsync("T | count");
    }

    [Fact]
    public async Task A_late_answer_is_a_whole_one()
    {
        _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Query, Delay = TimeSpan.FromMilliseconds(1), StatusCode = 500 });
        Assert.Equal(0, (await _admin.QueryAsync("T | count")).Single()["Count"].GetInt64());
        Assert.Equal(0, Assert.Single(_cluster.Faults).Remaining);
    }

    [Fact]
    public async Task Faults_are_told_in_their_order_and_can_be_removed_waiting_or_spent()
    {
        var spent = new LocalFault { Target = LocalFaultTarget.Management, StatusCode = 500 };
        int first = _cluster.AddFault(spent);
        int second = _cluster.AddFault(new LocalFault { Target = LocalFaultTarget.Query, Count = 3 });
        Assert.Equal(0, _cluster.AddFault(new LocalFault { Count = 0 }));
        using (HttpResponseMessage struck = await _admin.CommandAsync(".show tables"))
            Assert.Equal(HttpStatusCode.InternalServerError, struck.StatusCode);
        Assert.Equal([(first, 0), (second, 3)], _cluster.Faults.Select(f => (f.Id, f.Remaining)));
        Assert.Same(spent, _cluster.Faults[0].Fault);
        Assert.True(_cluster.RemoveFault(second));
        Assert.False(_cluster.RemoveFault(second));
        await _admin.QueryAsync("T | count");
        Assert.True(_cluster.RemoveFault(first));
        Assert.Empty(_cluster.Faults);
    }
}
