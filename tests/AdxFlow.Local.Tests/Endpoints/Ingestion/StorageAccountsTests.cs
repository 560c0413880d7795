using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

public sealed class StorageAccountsTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly LocalCluster _cluster;
    private readonly LocalClient _admin;

    public StorageAccountsTests()
    {
        _cluster = LocalCluster.Start(new LocalClusterOptions
        {
            StorageAccounts = 3, Clock = _clock, SignatureLifetime = TimeSpan.FromMinutes(10), ConfigurationRefreshInterval = TimeSpan.FromMinutes(5),
        });
        _admin = new LocalClient(_cluster);
    }

    public async ValueTask InitializeAsync() => await _admin.RunAsync(".create table T (a:long)");

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task The_containers_of_all_accounts_are_lent_in_turn()
    {
        JsonElement settings = await ContainerSettingsAsync();
        Assert.Equal("00:05:00", settings.GetProperty("refreshInterval").GetString());
        string[] paths = [.. Containers(settings).Select(c => new Uri(c).AbsolutePath)];
        Assert.Equal(
            ["/storage/ingestdata-0", "/storage2/ingestdata-0", "/storage3/ingestdata-0", "/storage/ingestdata-1", "/storage2/ingestdata-1", "/storage3/ingestdata-1"],
            paths);
        var classic = new ClassicClient(_admin);
        Assert.Equal(3, (await classic.ResourcesAsync("SecuredReadyForAggregationQueue")).Count);
        Assert.Equal(6, (await classic.ResourcesAsync("TempStorage")).Count);
    }

    [Fact]
    public async Task A_blob_of_any_account_is_ingested()
    {
        foreach (string container in Containers(await ContainerSettingsAsync()))
        {
            string blob = ClassicClient.Below(container, "/x.csv");
            Assert.Equal(HttpStatusCode.Created, (await _admin.PutBlobAsync(blob, "1"u8.ToArray())).StatusCode);
            using HttpResponseMessage queued = await _admin.QueueAsync("T", new { format = "csv", enableTracking = true }, blob);
            string operation = JsonDocument.Parse(await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ingestionOperationId").GetString()!;
            Assert.Equal(1, (await _admin.WaitAsync("T", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32());
        }

        Assert.Equal(6, (await _admin.QueryAsync("T")).Count);
    }

    [Fact]
    public async Task The_signature_of_one_account_opens_no_other()
    {
        string[] containers = Containers(await ContainerSettingsAsync());
        string wrong = containers[0].Replace("/storage/", "/storage2/", StringComparison.Ordinal);
        await AssertRefusedAsync(await _admin.PutBlobAsync(ClassicClient.Below(wrong, "/x"), [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
        string later = containers[0].Replace("se=20", "se=21", StringComparison.Ordinal);
        await AssertRefusedAsync(await _admin.PutBlobAsync(ClassicClient.Below(later, "/x"), [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
    }

    [Fact]
    public async Task A_signature_runs_out_for_uploads_and_for_ingestion()
    {
        string blob = ClassicClient.Below(Containers(await ContainerSettingsAsync())[0], "/x.csv");
        Assert.Equal(HttpStatusCode.Created, (await _admin.PutBlobAsync(blob, "1"u8.ToArray())).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(11));
        using HttpResponseMessage late = await _admin.PutBlobAsync(blob, "1"u8.ToArray());
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        string body = await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<Code>AuthenticationFailed</Code>", body, StringComparison.Ordinal);
        Assert.Contains("Signature not valid in the specified time frame", body, StringComparison.Ordinal);
        using HttpResponseMessage queued = await _admin.QueueAsync("T", new { format = "csv", enableTracking = true }, blob);
        string operation = JsonDocument.Parse(await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ingestionOperationId").GetString()!;
        Assert.Equal("Download_Forbidden", (await _admin.WaitAsync("T", operation)).GetProperty("details")[0].GetProperty("errorCode").GetString());
        Assert.Equal(HttpStatusCode.Created, (await _admin.PutBlobAsync(ClassicClient.Below(Containers(await ContainerSettingsAsync())[0], "/x.csv"), "1"u8.ToArray())).StatusCode);
    }

    [Fact]
    public async Task A_container_or_an_account_can_vanish_or_fail()
    {
        string[] containers = Containers(await ContainerSettingsAsync());
        _cluster.AddFault(new LocalFault { PathPrefix = "/storage/ingestdata-0", StatusCode = 404, Count = 2 });
        _cluster.AddFault(new LocalFault { PathPrefix = "/storage2/", StatusCode = 503, Count = int.MaxValue });
        for (int i = 0; i < 2; i++)
            await AssertRefusedAsync(await _admin.PutBlobAsync(ClassicClient.Below(containers[0], "/x"), [1]), HttpStatusCode.NotFound, "ContainerNotFound");
        Assert.Equal(HttpStatusCode.Created, (await _admin.PutBlobAsync(ClassicClient.Below(containers[0], "/x"), [1])).StatusCode);
        for (int i = 0; i < 3; i++)
            await AssertRefusedAsync(await _admin.PutBlobAsync(ClassicClient.Below(containers[1], "/x"), [1]), HttpStatusCode.ServiceUnavailable, "ServerBusy");
        Assert.Equal(HttpStatusCode.Created, (await _admin.PutBlobAsync(ClassicClient.Below(containers[2], "/x"), [1])).StatusCode);
    }

    private static string[] Containers(JsonElement settings) => [.. settings.GetProperty("containers").EnumerateArray().Select(c => c.GetProperty("path").GetString()!)];

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(code, response.Headers.GetValues("x-ms-error-code").Single());
            Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> ContainerSettingsAsync()
    {
        using HttpResponseMessage response = await _admin.SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("containerSettings");
    }
}
