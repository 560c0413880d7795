using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tests.Endpoints;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>The console program, killed again and again while it is written to, and what it has afterwards.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Seed = 20_261_122;

    private readonly ConcurrentQueue<long> _acknowledged = new();
    private readonly ConcurrentQueue<string> _operations = new();
    private readonly ConcurrentQueue<string> _tables = new();
    private long _next;

    [Fact]
    public async Task What_was_acknowledged_is_there_once_whenever_the_process_was_killed()
    {
        using var folder = new LocalFolder();
        var random = new Random(Seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            using LocalProgram program = await LocalProgram.StartAsync(["--path", folder.Path]);
            LocalClient client = program.Client;
            await client.RunAsync(".create table T (n:long)");
            await client.RunAsync(".alter table T policy streamingingestion enable");
            Task[] writers =
            [
                WriteAsync(n => client.SendAsync(HttpMethod.Post, $"v1/rest/ingest/{LocalClient.Database}/T?streamFormat=csv", new StringContent(Line(n)))),
                WriteAsync(n => client.CommandAsync($".ingest inline into table T <| {Line(n)}")),
                WriteAsync(n => QueueAsync(client, n)),
                WriteTablesAsync(client),
            ];

            // The moment is what is random here; that it comes is all that matters.
            await Task.Delay(random.Next(20, 250), TestContext.Current.CancellationToken);
            await program.KillAsync();
            await Task.WhenAll(writers);
        }

        Assert.True(_acknowledged.Count > Kills && !_operations.IsEmpty && !_tables.IsEmpty, $"Only {_acknowledged.Count} rows, {_operations.Count} operations and {_tables.Count} tables were acknowledged.");
        using LocalCluster cluster = folder.Start();
        using var reader = new LocalClient(cluster);
        foreach (string operation in _operations)
            Assert.Equal(1, (await reader.WaitAsync("T", operation)).GetProperty("status").GetProperty("Succeeded").GetInt32());
        List<long> rows = [.. (await reader.QueryAsync("T")).Select(r => r["n"].GetInt64())];
        Assert.Empty(_acknowledged.Except(rows));
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.Empty(_tables.Except((await reader.RunAsync(".show tables")).Select(r => r["TableName"].GetString()!)));
    }

    /// <summary>Writes numbers, each once, until nobody answers.</summary>
    private async Task WriteAsync(Func<long, Task<HttpResponseMessage>> write)
    {
        try
        {
            while (true)
            {
                long number = Interlocked.Increment(ref _next);
                using HttpResponseMessage response = await write(number);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                _acknowledged.Enqueue(number);
            }
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            // The process is gone.
        }
    }

    private async Task WriteTablesAsync(LocalClient client)
    {
        try
        {
            while (true)
            {
                string table = "T" + Line(Interlocked.Increment(ref _next));
                using HttpResponseMessage response = await client.CommandAsync($".create table {table} (n:long)");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                _tables.Enqueue(table);
            }
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            // The process is gone.
        }
    }

    private async Task<HttpResponseMessage> QueueAsync(LocalClient client, long number)
    {
        string url = await client.UploadAsync(Line(number) + ".csv", Encoding.UTF8.GetBytes(Line(number)));
        HttpResponseMessage response = await client.QueueAsync("T", new { format = "csv", enableTracking = true, deleteAfterDownload = true }, url);
        string body = await response.Content.ReadAsStringAsync();
        _operations.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!);
        return response;
    }

    private static string Line(long number) => number.ToString(CultureInfo.InvariantCulture);
}
