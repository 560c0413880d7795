using System.Net;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

public sealed class RunningQueryTests : IDisposable
{
    private const string Endless = "range x from 1 to 9000000000000000000 step 1";
    private const string Silent = Endless + " | where x < 0";
    private static readonly Guid Robot = Guid.Parse("4c7e82bd-6adb-46c3-b413-fdd44834c69b");
    private static readonly object Unlimited = new { notruncation = true };

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _admin;
    private readonly LocalClient _robot;

    public RunningQueryTests()
    {
        _admin = new LocalClient(_cluster);
        _robot = new LocalClient(_cluster, LocalClient.AppToken(Robot));
    }

    public void Dispose()
    {
        _admin.Dispose();
        _robot.Dispose();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData(Endless)]
    [InlineData(Silent)]
    [InlineData(Silent + " | summarize count()")]
    public async Task A_cancelled_query_says_so_and_ends(string query)
    {
        Task<JsonElement[]> running = FramesAsync(query, "Cancel;me");
        await UntilRunningAsync("Cancel;me");
        Dictionary<string, JsonElement> told = (await _admin.RunAsync(".cancel query \"Cancel;me\" with (reason='enough')")).Single();
        Assert.Equal("Cancel;me", told["ClientActivityId"].GetString());
        JsonElement completion = (await running)[^1];
        Assert.True(completion.GetProperty("Cancelled").GetBoolean());
        Assert.True(completion.GetProperty("HasErrors").GetBoolean());
        Assert.EndsWith("enough", completion.GetProperty("OneApiErrors")[0].GetProperty("error").GetProperty("@message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await _admin.RunAsync(".show running queries"));
        Dictionary<string, JsonElement> ended = (await _admin.RunAsync(".show queries")).Single();
        Assert.Equal(("Cancelled", query, "Cancel;me"), (ended["State"].GetString(), ended["Text"].GetString(), ended["ClientActivityId"].GetString()));
    }

    [Fact]
    public async Task Ones_own_query_can_be_cancelled_anothers_only_by_an_admin_of_the_database()
    {
        await _admin.RunAsync($".add database viewers ('aadapp={Robot};contoso.com')");
        Task<JsonElement[]> foreign = _admin.FramesAsync(Silent, Unlimited, "Admin;1");
        await UntilRunningAsync("Admin;1");
        Assert.Empty(await _robot.RunAsync(".show running queries"));
        using (HttpResponseMessage refused = await _robot.CommandAsync(".cancel query 'Admin;1'"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Task<JsonElement[]> own = _robot.FramesAsync(Silent, Unlimited, "Robot;1");
        await UntilRunningAsync("Robot;1");
        Assert.Single(await _robot.RunAsync(".cancel query 'Robot;1'"));
        Assert.True((await own)[^1].GetProperty("Cancelled").GetBoolean());
        Assert.Single(await _admin.RunAsync(".cancel query 'Admin;1'"));
        await foreign;
        Assert.Empty(await _admin.RunAsync(".cancel query 'Admin;1'"));
    }

    [Theory]
    [InlineData(Endless)]
    [InlineData(Silent)]
    public async Task A_client_that_goes_stops_its_query(string query)
    {
        using (var client = new LocalClient(_cluster))
        {
            Task<HttpResponseMessage> started = client.StartQueryAsync(query, Unlimited, "Gone;1");
            await UntilRunningAsync("Gone;1");
            if (query == Endless) (await started).Dispose();
        }

        while ((await _admin.RunAsync(".show running queries")).Count > 0)
            await Task.Yield();
        Assert.Equal("Cancelled", (await _admin.RunAsync(".show queries")).Single()["State"].GetString());
    }

    [Fact]
    public async Task A_query_that_takes_too_long_before_its_first_row_gets_504()
    {
        using HttpResponseMessage response = await _admin.StartQueryAsync(Silent, new { servertimeout = "00:00:00.2" });
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        JsonElement error = await LocalClient.ErrorAsync(response);
        Assert.Equal("RequestExecutionTimeout", error.GetProperty("code").GetString());
        Assert.False(error.GetProperty("@permanent").GetBoolean());
    }

    [Fact]
    public async Task A_query_that_takes_too_long_before_it_is_bound_is_refused_alike()
    {
        using HttpResponseMessage response = await _admin.StartQueryAsync($"print toscalar({Silent})", new { servertimeout = "00:00:00.2" });
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("RequestExecutionTimeout", (await LocalClient.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_query_that_takes_too_long_after_its_first_row_ends_with_an_error()
    {
        // A machine on which even the first row takes longer gets more time.
        var timeout = TimeSpan.FromSeconds(0.5);
        HttpResponseMessage response = await StartAsync();
        for (; response.StatusCode == HttpStatusCode.GatewayTimeout && timeout < TimeSpan.FromMinutes(1); response = await StartAsync())
        {
            response.Dispose();
            timeout *= 2;
        }

        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        response.Dispose();
        JsonElement completion = JsonDocument.Parse(body).RootElement.EnumerateArray().Last();
        Assert.False(completion.GetProperty("Cancelled").GetBoolean());
        Assert.Equal("RequestExecutionTimeout", completion.GetProperty("OneApiErrors")[0].GetProperty("error").GetProperty("code").GetString());

        Task<HttpResponseMessage> StartAsync() => _admin.StartQueryAsync(Endless, new { notruncation = true, servertimeout = timeout.ToString("c") });
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:00:01")]
    [InlineData("02:00:00")]
    public async Task A_timeout_that_cannot_be_is_refused(string timeout)
    {
        using HttpResponseMessage response = await _admin.StartQueryAsync("print 1", new { servertimeout = timeout });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_finished_and_a_failed_query_are_shown()
    {
        await _admin.FramesAsync("print 1", null, "Good;1");
        using (HttpResponseMessage refused = await _admin.StartQueryAsync("print nothing", null, "Bad;1"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        List<Dictionary<string, JsonElement>> queries = await _admin.RunAsync(".show queries | project ClientActivityId, State, FailureReason");
        Assert.Equal(["Completed", "Failed"], queries.Select(q => q["State"].GetString()));
        Assert.Contains("nothing", queries[1]["FailureReason"].GetString(), StringComparison.Ordinal);
    }

    /// <summary>Reads an endless answer only as long as it takes: the frames that end it.</summary>
    private Task<JsonElement[]> FramesAsync(string query, string id) => _admin.FramesAsync(query, Unlimited, id);

    private async Task UntilRunningAsync(string id)
    {
        while (!(await _admin.RunAsync(".show running queries")).Exists(q => q["ClientActivityId"].GetString() == id))
            await Task.Yield();
    }
}
