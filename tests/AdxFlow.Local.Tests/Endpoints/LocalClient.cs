using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tests.Endpoints;

/// <summary>A plain HTTP client of the stand-in, as one principal.</summary>
internal sealed class LocalClient(Uri address, string? token = null) : IDisposable
{
    public const string Database = "NetDefaultDB";

    private readonly HttpClient _http = new() { BaseAddress = address };

    public LocalClient(LocalCluster cluster, string? token = null)
        : this(cluster.ClusterUri, token)
    {
    }

    /// <summary>An unsigned token of an application.</summary>
    public static string AppToken(Guid application, string tenant = "contoso.com", params (string Name, object Value)[] more) =>
        Token([("appid", application.ToString()), ("tid", tenant), ("idtyp", "app"), .. more]);

    public static string Token(params (string Name, object Value)[] claims)
    {
        string payload = JsonSerializer.Serialize(claims.ToDictionary(c => c.Name, c => c.Value));
        return $"{Encode("{\"alg\":\"none\"}")}.{Encode(payload)}.";
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, Json(body));

    public Task<HttpResponseMessage> CommandAsync(string command, string database = Database) => PostAsync("v1/rest/mgmt", new { db = database, csl = command });

    /// <summary>The rows of a command that must succeed, by column name.</summary>
    public async Task<List<Dictionary<string, JsonElement>>> RunAsync(string command)
    {
        using HttpResponseMessage response = await CommandAsync(command);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return Rows(JsonDocument.Parse(body).RootElement.GetProperty("Tables")[0]);
    }

    /// <summary>The rows of a command that must succeed, as text.</summary>
    public async Task<string> ShownAsync(string command) => string.Join('\n', (await RunAsync(command)).Select(row => string.Join(',', row.Values)));

    /// <summary>The rows of a query that must succeed, by column name.</summary>
    public async Task<List<Dictionary<string, JsonElement>>> QueryAsync(string query)
    {
        using HttpResponseMessage response = await PostAsync("v2/rest/query", new { db = Database, csl = query });
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        JsonElement frame = JsonDocument.Parse(body).RootElement.EnumerateArray().Single(f => f.TryGetProperty("TableKind", out JsonElement kind) && kind.GetString() == "PrimaryResult");
        return Rows(frame);
    }

    /// <summary>Starts a query and returns once its answer begins.</summary>
    public async Task<HttpResponseMessage> StartQueryAsync(string query, object? options = null, string id = "Test;1", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/rest/query") { Content = Json(new { db = Database, csl = query, properties = new { Options = options ?? new { } } }) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("x-ms-client-request-id", id);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The frames of a query.</summary>
    public async Task<JsonElement[]> FramesAsync(string query, object? options = null, string id = "Test;1")
    {
        using HttpResponseMessage response = await StartQueryAsync(query, options, id);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return [.. JsonDocument.Parse(body).RootElement.EnumerateArray()];
    }

    /// <summary>Uploads a blob into the first container of the configuration, and tells its address with the signature.</summary>
    public async Task<string> UploadAsync(string name, byte[] content)
    {
        string address = await BlobAddressAsync(name);
        using HttpResponseMessage response = await PutBlobAsync(address, content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return address;
    }

    public async Task<string> BlobAddressAsync(string name)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "v1/rest/ingestion/configuration");
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        string container = JsonDocument.Parse(body).RootElement.GetProperty("containerSettings").GetProperty("containers")[0].GetProperty("path").GetString()!;
        int mark = container.IndexOf('?', StringComparison.Ordinal);
        return container[..mark] + "/" + name + container[mark..];
    }

    public Task<HttpResponseMessage> PutBlobAsync(string address, byte[] content) =>
        SendAsync(HttpMethod.Put, address, new ByteArrayContent(content), ("x-ms-blob-type", "BlockBlob"));

    public Task<HttpResponseMessage> QueueAsync(string table, object properties, params string[] urls) =>
        PostAsync($"v1/rest/ingestion/queued/{Database}/{Uri.EscapeDataString(table)}", new { blobs = urls.Select(u => new { url = u, sourceId = Guid.NewGuid() }), properties });

    /// <summary>Uploads text, queues it, waits for its end, and tells the details of its one blob.</summary>
    public Task<JsonElement> IngestAsync(string table, string text, object properties, string name = "data.csv") =>
        IngestAsync(table, Encoding.UTF8.GetBytes(text), properties, name);

    public async Task<JsonElement> IngestAsync(string table, byte[] content, object properties, string name)
    {
        string url = await UploadAsync(Guid.NewGuid() + "/" + name, content);
        using HttpResponseMessage response = await QueueAsync(table, properties, url);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        string operation = JsonDocument.Parse(body).RootElement.GetProperty("ingestionOperationId").GetString()!;
        return (await WaitAsync(table, operation)).GetProperty("details")[0];
    }

    /// <summary>Asks for the status until nothing is in progress.</summary>
    public async Task<JsonElement> WaitAsync(string table, string operation)
    {
        while (true)
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, $"v1/rest/ingestion/queued/{Database}/{Uri.EscapeDataString(table)}/{Uri.EscapeDataString(operation)}?details=true");
            string body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, body);
            JsonElement status = JsonDocument.Parse(body).RootElement;
            if (status.GetProperty("status").GetProperty("InProgress").GetInt32() == 0) return status;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        return JsonDocument.Parse(body).RootElement.GetProperty("error");
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static List<Dictionary<string, JsonElement>> Rows(JsonElement table)
    {
        string[] columns = [.. table.GetProperty("Columns").EnumerateArray().Select(c => c.GetProperty("ColumnName").GetString()!)];
        return [.. table.GetProperty("Rows").EnumerateArray().Select(row => row.EnumerateArray().Select((value, i) => (value, i)).ToDictionary(c => columns[c.i], c => c.value))];
    }
}
