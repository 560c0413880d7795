using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tests.Endpoints;
using AdxFlow.Local.Tests.Endpoints.Ingestion;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>A process can be killed between any two frames of its journal: what the next one makes of each beginning of it.</summary>
public sealed class JournalPrefixTests : IDisposable
{
    private readonly LocalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_command_in_the_background_is_completed_when_its_rows_are_there_and_else_abandoned()
    {
        const string Operations = ".show operations | where Operation == 'TableSetOrAppend' or Operation == 'DataIngestPull'";
        await RunAsync(async client =>
        {
            await client.RunAsync(".create table T (n:long)");
            string url = await client.UploadAsync("a.csv", "1\n2\n3"u8.ToArray());
            string[] commands =
            [
                ".set-or-append async T with (persistDetails=true) <| range n from 1 to 10 step 1", $".ingest async into table T ('{url}')",
                ".set-or-append async T <| range n from 1 to 100 step 1", ".set-or-append async T with (tags='[\"x\"]', ingestIfNotExists='[\"x\"]') <| print n=0",
            ];
            foreach (string command in commands)
            {
                Dictionary<string, JsonElement> started = Assert.Single(await client.RunAsync(command));
                while ((await client.RunAsync($".show operations {started["OperationId"]}"))[0]["State"].GetString() == "InProgress")
                    await Task.Yield();
            }
        });

        int[] rows = [10, 3, 100, 1];
        int completedAtLast = 0;
        await ForEachPrefixAsync(async client =>
        {
            List<Dictionary<string, JsonElement>> operations = await client.RunAsync(Operations);
            string[] states = [.. operations.Select(o => o["State"].GetString()!)];
            completedAtLast = states.Count(s => s == "Completed");
            Assert.All(states.Take(completedAtLast), s => Assert.Equal("Completed", s));
            Assert.All(states.Skip(completedAtLast), s => Assert.Equal("Abandoned", s));
            if (states.Length == 0) return;
            Assert.Equal(rows.Take(completedAtLast).Sum(), (await client.QueryAsync("T | count"))[0]["Count"].GetInt64());
            if (states[0] == "Completed") Assert.Equal(10, Assert.Single(await client.RunAsync($".show operation {operations[0]["OperationId"]} details"))["RowCount"].GetInt64());
        });
        Assert.Equal(rows.Length, completedAtLast);
    }

    [Fact]
    public async Task Whoever_sent_a_message_is_told_of_its_end()
    {
        var ids = new List<string>();
        await RunAsync(async client =>
        {
            await client.RunAsync(".create table T (n:long)");
            var classic = new ClassicClient(client);
            foreach (string data in (string[])["1", "\"open"])
            {
                ids.Add(await PutAsync(classic, data));
                while ((await classic.PeekAsync(ids.Count == 1 ? "SuccessfulIngestionsQueue" : "FailedIngestionsQueue")).Count == 0)
                    await Task.Yield();
            }
        });

        int ends = 0;
        await ForEachPrefixAsync(async client =>
        {
            if ((await client.RunAsync(".show tables")).Count == 0) return;
            var classic = new ClassicClient(client);

            // What was taken before it ends before it.
            string last = await PutAsync(classic, "2");
            IReadOnlyList<string> succeeded = [];
            while (!succeeded.Contains(last))
                succeeded = await classic.PeekAsync("SuccessfulIngestionsQueue");
            ends = 0;
            if ((await client.QueryAsync("T | where n == 1")).Count > 0)
            {
                Assert.Contains(ids[0], succeeded);
                ends++;
            }

            if ((await client.RunAsync(".show ingestion failures")).Count > 0)
            {
                Assert.Contains(ids[1], await classic.PeekAsync("FailedIngestionsQueue"));
                ends++;
            }
        });
        Assert.Equal(ids.Count, ends);
    }

    private static async Task<string> PutAsync(ClassicClient classic, string data)
    {
        JsonObject message = await classic.MessageAsync(await classic.Client.UploadAsync(Guid.NewGuid() + ".csv", Encoding.UTF8.GetBytes(data)));
        await classic.PutAsync(message);
        return message["Id"]!.GetValue<string>();
    }

    private async Task RunAsync(Func<LocalClient, Task> act)
    {
        await using LocalCluster cluster = _folder.Start();
        using var client = new LocalClient(cluster);
        await act(client);
    }

    /// <summary>Starts a stand-in on the folder as it would be if the process had been killed behind each of its frames.</summary>
    private async Task ForEachPrefixAsync(Func<LocalClient, Task> check)
    {
        SortedDictionary<string, byte[]> files = _folder.Files;

        // The snapshot at the beginning of a journal is there whole, or the journal before it is.
        foreach (int end in JournalFrames.Ends(files["journal"]).Skip(2))
        {
            _folder.Fill(files.Select(f => f.Key == "journal" ? KeyValuePair.Create(f.Key, f.Value[..end]) : f));
            await RunAsync(check);
        }
    }
}
