using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>Queries while rows come: each sees the database as it was at one moment.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private const int Rounds = 500;

    private readonly LocalCluster _cluster = LocalCluster.Start();
    private readonly LocalClient _client;

    public SnapshotTests() => _client = new LocalClient(_cluster);

    public async ValueTask InitializeAsync() => await _client.RunAsync(".create tables A (n:long), B (n:long)");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_query_that_names_a_table_twice_sees_the_same_rows_of_it()
    {
        await WhileRowsComeAsync(async () =>
        {
            Dictionary<string, JsonElement> counts = Assert.Single(await _client.QueryAsync("let before = toscalar(A | count); A | summarize rows = count() | extend before"));
            Assert.Equal(counts["before"].GetInt64(), counts["rows"].GetInt64());
        });
    }

    /// <summary>Each row comes into A before it comes into B.</summary>
    [Fact]
    public async Task A_query_does_not_see_a_row_without_one_that_came_before_it()
    {
        await WhileRowsComeAsync(async () =>
        {
            Dictionary<string, JsonElement> counts = Assert.Single(await _client.QueryAsync("print a = toscalar(A | count), b = toscalar(B | count)"));
            Assert.InRange(counts["a"].GetInt64() - counts["b"].GetInt64(), 0, 1);
        });
    }

    [Fact]
    public async Task A_table_whose_rows_are_replaced_is_never_seen_without_rows()
    {
        await _client.RunAsync(".set-or-replace A <| range n from 1 to 100 step 1");
        await WhileAsync(
            () => _client.RunAsync(".set-or-replace A <| range n from 1 to 100 step 1"),
            async () =>
            {
                Assert.Equal(100, (await _client.QueryAsync("A | count"))[0]["Count"].GetInt64());
                Assert.All(await _client.RunAsync($".show tables ({string.Join(", ", Enumerable.Repeat("A", 200))}) details"), t => Assert.Equal(100, t["TotalRowCount"].GetInt64()));
            });
    }

    private Task WhileRowsComeAsync(Func<Task> look) => WhileAsync(
        async () =>
        {
            await _client.RunAsync(".ingest inline into table A <| 1");
            await _client.RunAsync(".ingest inline into table B <| 1");
        },
        look);

    private static async Task WhileAsync(Func<Task> work, Func<Task> look)
    {
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                    await work();
            },
            TestContext.Current.CancellationToken);
        for (int round = 0; round < Rounds; round++)
            await look();
        await stop.CancelAsync();
        await writer;
    }
}
