using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;
using AdxFlow.Local.Tests.Fuzz;
using AdxFlow.Local.Tests.Persistence;

namespace AdxFlow.Local.Tests.Concurrency;

/// <summary>Random work of several clients at once, and what must be true of it afterwards, whatever came in between.</summary>
public sealed class ParallelTests : IDisposable
{
    private const int Clients = 4;
    private const int Kills = 12;
    private const int MostRounds = 1000;

    private static readonly string[] Shown =
    [
        ".show tables", ".show database NetDefaultDB schema", ".show table T ingestion mappings", ".show table T policy ingestionbatching", ".show database NetDefaultDB principals",
        ".show operations | project OperationId, State | sort by tostring(OperationId) asc", ".show ingestion failures | project OperationId, ErrorCode | sort by tostring(OperationId) asc",
    ];

    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_of_all_that_was_taken_are_there_once_and_stay_so()
    {
        ParallelClient[] workers;
        string before;
        await using (LocalCluster cluster = _folder.Start())
        {
            using var client = new LocalClient(cluster);
            workers = await WorkAsync(client);
            await CheckAsync(client, workers);
            before = await DescribeAsync(client);
        }

        await using LocalCluster next = _folder.Start();
        using var reader = new LocalClient(next);
        Assert.Equal(before, await DescribeAsync(reader));
        await CheckAsync(reader, workers);
    }

    /// <summary>A kill leaves a beginning of the journal. Wherever it ends, each request is there whole or not at all, and is told as that.</summary>
    [Fact]
    public async Task Whatever_of_the_journal_a_kill_leaves_each_request_is_whole()
    {
        ParallelClient[] workers;
        await using (LocalCluster cluster = _folder.Start())
        {
            using var client = new LocalClient(cluster);
            workers = await WorkAsync(client);
        }

        SortedDictionary<string, byte[]> files = _folder.Files;
        var random = new Random(FuzzSettings.Seed);
        List<int> ends = [.. JournalFrames.Ends(files["journal"]).Skip(20)];
        for (int kill = 0; kill < Kills; kill++)
        {
            int end = ends[random.Next(ends.Count)];
            _folder.Fill(files.Select(f => f.Key == "journal" ? KeyValuePair.Create(f.Key, f.Value[..end]) : f));
            await using LocalCluster next = _folder.Start();
            using var reader = new LocalClient(next);
            await CheckWholeAsync(reader, workers);
        }
    }

    private static async Task<ParallelClient[]> WorkAsync(LocalClient client)
    {
        await client.RunAsync(".create tables T (n:long, i:long), A (n:long, i:long), Other (n:long, i:long), Replaced (n:long, i:long)");
        await client.RunAsync(".alter table T policy streamingingestion enable");
        ParallelClient[] workers = [.. Enumerable.Range(1, Clients).Select(n => new ParallelClient(client, n, FuzzSettings.Seed))];
        int rounds = Math.Min(FuzzSettings.Rounds(60), MostRounds);
        await Task.WhenAll(workers.Select(w => Task.Run(() => w.WorkAsync(rounds), TestContext.Current.CancellationToken)));
        await SettleAsync(client, workers);
        return workers;
    }

    private static async Task CheckWholeAsync(LocalClient client, ParallelClient[] workers)
    {
        // What was queued goes on, and ends before what is queued now.
        string url = await client.UploadAsync("last.csv", "0,0"u8.ToArray());
        using HttpResponseMessage queued = await client.QueueAsync("T", new { format = "csv", enableTracking = true }, url);
        string body = await queued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await client.WaitAsync("T", JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
        Dictionary<long, int> present = await PresentAsync(client);
        Dictionary<long, int> sent = workers.SelectMany(w => w.Sent).ToDictionary();
        sent.Add(0, 1);
        Assert.All(present, p => Assert.Equal(sent[p.Key], p.Value));
        foreach (ParallelClient worker in workers)
        {
            foreach ((string operation, (long Number, int Rows)[] blobs) in worker.Queued)
            {
                using HttpResponseMessage shown = await client.CommandAsync($".show queued ingestion operations '{operation}' details");
                List<Dictionary<string, JsonElement>> details = shown.IsSuccessStatusCode ? await client.RunAsync($".show queued ingestion operations '{operation}' details") : [];
                Assert.All(blobs, (b, i) => Assert.Equal(details.Count > 0 && details[i]["IngestionStatus"].GetString() == "Succeeded", present.ContainsKey(b.Number)));
            }

            foreach ((string operation, long number, _) in worker.Started)
            {
                string? state = (await client.RunAsync($".show operations {operation}")).SingleOrDefault()?["State"].GetString();
                Assert.Equal(state == "Completed", present.ContainsKey(number));
            }
        }

        Assert.All(workers.SelectMany(w => w.Tagged).GroupBy(t => t.Tag), tag => Assert.InRange(tag.Count(t => present.ContainsKey(t.Number)), 0, 1));
    }

    /// <summary>Waits for all that goes on by itself.</summary>
    private static async Task SettleAsync(LocalClient client, ParallelClient[] workers)
    {
        foreach ((string operation, _) in workers.SelectMany(w => w.Queued))
            await client.WaitAsync("T", operation);
        foreach ((string operation, _, _) in workers.SelectMany(w => w.Started))
        {
            while ((await client.RunAsync($".show operations {operation}"))[0]["State"].GetString() == "InProgress")
                await Task.Yield();
        }

        // Who sent a message is told of its end in one of two queues.
        var classic = new ClassicClient(client);
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (told.Count < workers.Sum(w => w.Messages.Count))
        {
            foreach ((string queue, bool isBad) in ((string, bool)[])[("SuccessfulIngestionsQueue", false), ("FailedIngestionsQueue", true)])
            {
                if ((await classic.PeekAsync(queue)).Count == 0) continue;
                string id = (await classic.ReceiveAsync(queue)).GetProperty("IngestionSourceId").GetString()!;
                Assert.True(told.Add(id), "An end was told twice.");
                Assert.Equal(isBad, workers.SelectMany(w => w.Messages).Single(m => m.Id == id).Rows < 0);
            }
        }
    }

    private static async Task CheckAsync(LocalClient client, ParallelClient[] workers)
    {
        var expected = new Dictionary<long, int>();
        foreach (ParallelClient worker in workers)
        {
            foreach ((long number, int rows) in worker.Taken)
                expected.Add(number, rows);
            foreach ((string operation, (long Number, int Rows)[] blobs) in worker.Queued)
            {
                JsonElement details = (await client.WaitAsync("T", operation)).GetProperty("details");
                for (int i = 0; i < blobs.Length; i++)
                {
                    string status = details[i].GetProperty("status").GetString()!;
                    Assert.True(status is "Succeeded" or "Canceled", status);
                    if (status == "Succeeded") expected.Add(blobs[i].Number, blobs[i].Rows);
                }
            }

            foreach ((string operation, long number, int rows) in worker.Started)
            {
                Assert.Equal("Completed", (await client.RunAsync($".show operations {operation}"))[0]["State"].GetString());
                expected.Add(number, rows);
            }

            foreach ((_, long number, int rows) in worker.Messages.Where(m => m.Rows > 0))
                expected.Add(number, rows);
            Assert.Equal(expected.Count, expected.Keys.Distinct().Count());
        }

        foreach (IGrouping<int, (int Tag, long Number, bool IsTaken)> tag in workers.SelectMany(w => w.Tagged).GroupBy(t => t.Tag))
            Assert.Single(tag, t => t.IsTaken);
        Dictionary<long, int> present = await PresentAsync(client);
        Assert.Equal(expected.OrderBy(e => e.Key), present.OrderBy(p => p.Key));

        // The rows of a request stand together and in order, and one client's queued blobs in the order in which it queued them.
        List<long> numbers = await NumbersAsync(client, "T");
        Assert.Equal(numbers.Distinct(), numbers);
        List<long> appended = await NumbersAsync(client, "A");
        Assert.Equal(appended.Distinct(), appended);
        foreach (ParallelClient worker in workers)
        {
            HashSet<long> queued = [.. worker.Queued.SelectMany(q => q.Blobs).Select(b => b.Number), .. worker.Messages.Select(m => m.Number)];
            List<long> order = [.. numbers.Where(queued.Contains)];
            Assert.Equal(order.Order(), order);
        }

        Assert.InRange((await client.QueryAsync("Replaced | summarize by n")).Count, 0, 1);
        Assert.All(await client.QueryAsync("Other | summarize rows = count(), last = max(i) by n"), r => Assert.Equal(r["last"].GetInt64(), r["rows"].GetInt64()));
    }

    private static async Task<Dictionary<long, int>> PresentAsync(LocalClient client) =>
        (await client.QueryAsync("union (T | project n, i), (A | project n, i) | summarize rows = count() by n")).ToDictionary(r => r["n"].GetInt64(), r => (int)r["rows"].GetInt64());

    /// <summary>The numbers of requests, each where a run of its rows begins.</summary>
    private static async Task<List<long>> NumbersAsync(LocalClient client, string table) =>
        [.. (await client.QueryAsync($"{table} | serialize | where isnull(prev(n)) or n != prev(n) or i != prev(i) + 1 | project n")).Select(r => r["n"].GetInt64())];

    private static async Task<string> DescribeAsync(LocalClient client)
    {
        var text = new StringBuilder();
        foreach (string command in Shown)
            text.AppendLine(command).AppendLine(await client.ShownAsync(command));
        foreach (Dictionary<string, JsonElement> table in await client.RunAsync(".show tables"))
        {
            string name = table["TableName"].GetString()!;
            text.AppendLine(name);
            foreach (Dictionary<string, JsonElement> row in await client.QueryAsync(name))
                text.AppendJoin(',', row.Values).AppendLine();
        }

        return text.ToString();
    }
}
