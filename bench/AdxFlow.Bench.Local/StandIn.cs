using System.Net.Http.Json;
using System.Text.Json;
using AdxFlow.Local;

namespace AdxFlow.Bench.Local;

/// <summary>The stand-in in this process, asked over HTTP as a client asks it.</summary>
internal sealed class StandIn : IDisposable
{
    private const string Database = "NetDefaultDB";

    private readonly LocalCluster _cluster;
    private readonly HttpClient _http;

    public StandIn(string? path)
    {
        _cluster = LocalCluster.Start(new LocalClusterOptions { Path = path });
        _http = new HttpClient { BaseAddress = _cluster.ClusterUri, Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<JsonElement> CommandAsync(string command)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("v1/rest/mgmt", new { db = Database, csl = command });
        return (await ReadAsync(response)).GetProperty("Tables")[0].GetProperty("Rows");
    }

    public async Task<JsonElement> QueryAsync(string query)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("v2/rest/query", new { db = Database, csl = query });
        JsonElement frames = await ReadAsync(response);
        return frames.EnumerateArray().First(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "PrimaryResult").GetProperty("Rows");
    }

    /// <summary>Uploads blobs and queues each as soon as it is there, as the module does; ends when all rows are in the table.</summary>
    public async Task IngestAsync(string table, IReadOnlyList<(byte[] Gzip, long Raw)> blobs)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri("v1/rest/ingestion/configuration", UriKind.Relative));
        string container = (await ReadAsync(answer)).GetProperty("containerSettings").GetProperty("containers")[0].GetProperty("path").GetString()!;
        var operations = new List<string>();
        foreach ((byte[] gzip, long raw) in blobs)
        {
            string blob = container.Replace("?", $"/{Guid.NewGuid()}.csv.gz?", StringComparison.Ordinal);
            using var upload = new HttpRequestMessage(HttpMethod.Put, blob) { Content = new ByteArrayContent(gzip) };
            upload.Headers.Add("x-ms-blob-type", "BlockBlob");
            using HttpResponseMessage uploaded = await _http.SendAsync(upload);
            uploaded.EnsureSuccessStatusCode();
            using HttpResponseMessage queued = await _http.PostAsJsonAsync(
                $"v1/rest/ingestion/queued/{Database}/{table}",
                new { blobs = new[] { new { url = blob, rawSize = raw } }, properties = new { format = "csv", enableTracking = true, deleteAfterDownload = true } });
            operations.Add((await ReadAsync(queued)).GetProperty("ingestionOperationId").GetString()!);
        }

        foreach (string operation in operations)
        {
            while (true)
            {
                using HttpResponseMessage response = await _http.GetAsync(new Uri($"v1/rest/ingestion/queued/{Database}/{table}/{Uri.EscapeDataString(operation)}", UriKind.Relative));
                JsonElement status = (await ReadAsync(response)).GetProperty("status");
                if (status.GetProperty("Failed").GetInt32() > 0) throw new InvalidOperationException("A batch was not ingested.");
                if (status.GetProperty("InProgress").GetInt32() == 0) break;
                await Task.Delay(10);
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _cluster.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement : throw new InvalidOperationException(body);
    }
}
