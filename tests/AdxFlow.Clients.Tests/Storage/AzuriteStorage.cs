using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>Azurite's account as its owner sees it: what the ingestion service does there, and what a test looks at.</summary>
internal sealed class AzuriteStorage(Uri blobs, Uri queues, Uri tables) : IDisposable
{
    private readonly string _signature = StorageSignatures.OfAccount();

    private readonly HttpClient _http = new(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = StorageCertificate.Shared.Trust() } });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The address of a container, queue or table, without any right to it.</summary>
    public Uri Container(string name) => new(blobs, $"{StorageSignatures.Account}/{name}");

    public Uri Queue(string name) => new(queues, $"{StorageSignatures.Account}/{name}");

    public Uri Table(string name) => new(tables, $"{StorageSignatures.Account}/{name}");

    public Task CreateContainerAsync(string name) => SendAsync(HttpMethod.Put, Container(name), "restype=container");

    public Task DeleteContainerAsync(string name) => SendAsync(HttpMethod.Delete, Container(name), "restype=container");

    public Task CreateQueueAsync(string name) => SendAsync(HttpMethod.Put, Queue(name));

    public Task DeleteQueueAsync(string name) => SendAsync(HttpMethod.Delete, Queue(name));

    public Task CreateTableAsync(string name) => SendAsync(HttpMethod.Post, Table("Tables"), "", Json(new JsonObject { ["TableName"] = name }));

    /// <summary>Names of the blobs that are to be seen; blocks that no list has are none.</summary>
    public async Task<IReadOnlyList<string>> ListBlobsAsync(string container)
    {
        XElement list = XElement.Parse(await (await SendAsync(HttpMethod.Get, Container(container), "restype=container&comp=list")).Content.ReadAsStringAsync(Stop));
        return [.. list.Descendants("Blob").Select(static blob => blob.Element("Name")!.Value)];
    }

    public async Task<byte[]> ReadBlobAsync(string container, string name) => await (await GetBlobAsync(container, name)).Content.ReadAsByteArrayAsync(Stop);

    /// <summary>The headers by which a blob's content is described.</summary>
    public async Task<HttpContentHeaders> ReadHeadersAsync(string container, string name) => (await GetBlobAsync(container, name)).Content.Headers;

    /// <summary>The sizes of the blocks that a blob was made of; none for one that was put whole.</summary>
    public async Task<IReadOnlyList<long>> ReadBlocksAsync(string container, string name)
    {
        HttpResponseMessage answer = await SendAsync(HttpMethod.Get, new Uri($"{Container(container)}/{name}"), "comp=blocklist&blocklisttype=committed");
        return [.. XElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).Descendants("Size").Select(static size => long.Parse(size.Value, CultureInfo.InvariantCulture))];
    }

    /// <summary>The texts of the messages in a queue, as they were put into it.</summary>
    public async Task<IReadOnlyList<string>> PeekAsync(string queue)
    {
        HttpResponseMessage answer = await SendAsync(HttpMethod.Get, new Uri($"{Queue(queue)}/messages"), "peekonly=true&numofmessages=32");
        return [.. XElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).Descendants("MessageText").Select(static text => text.Value)];
    }

    /// <summary>Ingestion messages: JSON in Base64.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadMessagesAsync(string queue) =>
        [.. (await PeekAsync(queue)).Select(static text => JsonNode.Parse(Convert.FromBase64String(text))!.AsObject())];

    /// <summary>The rows of a table, with the types of those properties that JSON has none for.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadRowsAsync(string table)
    {
        HttpResponseMessage answer = await SendAsync(HttpMethod.Get, new Uri($"{Table(table)}()"));
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["value"]!.AsArray().Select(static row => row!.AsObject())];
    }

    /// <summary>Changes some properties of a row, as the service does when it has ingested a blob.</summary>
    public Task MergeAsync(string table, string key, JsonObject changes) =>
        SendAsync(HttpMethod.Patch, new Uri($"{Table(table)}(PartitionKey='{key}',RowKey='{key}')"), "", Json(changes));

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> GetBlobAsync(string container, string name) => SendAsync(HttpMethod.Get, new Uri($"{Container(container)}/{name}"));

    private static StringContent Json(JsonObject content) => new(content.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, string query = "", HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, $"{address}?{(query.Length == 0 ? "" : query + "&")}{_signature}") { Content = content };
        request.Headers.Add("x-ms-version", "2023-11-03");
        if (tables.IsBaseOf(address))
            request.Headers.Accept.ParseAdd("application/json;odata=fullmetadata");
        if (method == HttpMethod.Patch)
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        HttpResponseMessage answer = await _http.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        return answer;
    }
}
