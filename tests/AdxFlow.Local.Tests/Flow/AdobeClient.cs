using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Flow;

/// <summary>A plain HTTP client of the Adobe side of the stand-in, with the requests of Adobe's tutorials.</summary>
internal sealed class AdobeClient : IDisposable
{
    public const string Organization = "AAAABBBBCCCCDDDD@AdobeOrg";
    public const string ClientId = "b1f0c2d3e4f5a6b7";
    public const string Secret = "p8e-secret";
    public const string Scope = "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext";
    public const string DataExplorer = "0479cc14-7651-4354-b233-7480606c2ac3";

    private readonly HttpClient _http = new();
    private readonly Uri _address;

    /// <param name="address">The address of the cluster.</param>
    public AdobeClient(Uri address) => _address = address;

    public AdobeClient(LocalCluster cluster)
        : this(cluster.ClusterUri)
    {
    }

    public static Guid Application { get; } = new("4c7e82bd-6adb-46c3-b413-fdd44834c69b");

    public Dictionary<string, string?> Headers { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x-api-key"] = ClientId,
        ["x-gw-ims-org-id"] = Organization,
        ["x-sandbox-name"] = "prod",
    };

    /// <summary>A client with a token.</summary>
    public static Task<AdobeClient> ConnectAsync(LocalCluster cluster) => ConnectAsync(cluster.ClusterUri);

    /// <summary>The same, of the cluster at an address.</summary>
    public static async Task<AdobeClient> ConnectAsync(Uri address)
    {
        var client = new AdobeClient(address);
        await client.SignInAsync();
        return client;
    }

    /// <summary>The same client, with its headers, of another stand-in.</summary>
    public AdobeClient At(LocalCluster cluster)
    {
        var client = new AdobeClient(cluster);
        foreach ((string name, string? value) in Headers)
            client.Headers[name] = value;
        return client;
    }

    public async Task SignInAsync()
    {
        (HttpStatusCode status, JsonNode body) = await TokenAsync(("grant_type", "client_credentials"), ("client_id", ClientId), ("client_secret", Secret), ("scope", Scope));
        Assert.Equal(HttpStatusCode.OK, status);
        Headers["Authorization"] = "Bearer " + body["access_token"]!.GetValue<string>();
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.ToDictionary(f => f.Name, f => f.Value));
        using HttpResponseMessage response = await _http.PostAsync(new Uri(_address, "ims/ims/token/v3"), content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Sends a request below <c>/data/foundation</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, "flow/data/foundation/" + path));
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach ((string name, string? value) in Headers.Where(h => !headers.Any(o => o.Name.Equals(h.Key, StringComparison.OrdinalIgnoreCase))).Select(h => (h.Key, h.Value)).Concat(headers))
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    /// <summary>The body of an answer that must have the status.</summary>
    public async Task<JsonNode> ExpectAsync(int status, HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body, headers);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public Task<JsonNode> GetAsync(string path) => ExpectAsync(200, HttpMethod.Get, "flowservice/" + path);

    /// <summary>The only element of <c>items</c>.</summary>
    public async Task<JsonNode> ItemAsync(string path) => Assert.Single((await GetAsync(path))["items"]!.AsArray())!;

    /// <summary>The id of what was made.</summary>
    public async Task<string> CreateAsync(string path, object body) =>
        (await ExpectAsync(201, HttpMethod.Post, "flowservice/" + path, body))["id"]!.GetValue<string>();

    /// <summary>The code of a request that must be refused, such as <c>FLOW-1439-404</c>.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, "flowservice/" + path, body, headers);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        string code = answer["type"]!.GetValue<string>();
        Assert.StartsWith("https://ns.adobe.com/aep/errors/", code, StringComparison.Ordinal);
        Assert.EndsWith($"-{(int)response.StatusCode}", code, StringComparison.Ordinal);
        Assert.Equal((int)response.StatusCode, answer["status"]!.GetValue<int>());
        return code[(code.LastIndexOf('/') + 1)..];
    }

    /// <summary>The base connection of Adobe's tutorial, to the stand-in's own ADX.</summary>
    public object Connection(string name = "Azure Data Explorer connection", string database = "NetDefaultDB", string? endpoint = null, string key = "key") => new
    {
        name,
        description = "A connection to Azure Data Explorer",
        auth = new
        {
            specName = "Service Principal Based Authentication",
            @params = new
            {
                endpoint = endpoint ?? _address.AbsoluteUri,
                database,
                tenant = "contoso.com",
                servicePrincipalId = Application.ToString(),
                servicePrincipalKey = key,
            },
        },
        connectionSpec = new { id = DataExplorer, version = "1.0" },
    };

    public void Dispose() => _http.Dispose();
}
