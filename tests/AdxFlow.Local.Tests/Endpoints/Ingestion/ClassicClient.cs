using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AdxFlow.Local.Tests.Endpoints.Ingestion;

/// <summary>The classic protocol over a plain client: resources, messages, reports.</summary>
internal sealed class ClassicClient(LocalClient client)
{
    public LocalClient Client => client;

    /// <summary>The addresses of the resources of a kind, with their signatures.</summary>
    public async Task<IReadOnlyList<string>> ResourcesAsync(string kind) =>
        [.. (await client.RunAsync(".get ingestion resources")).Where(r => r["ResourceTypeName"].GetString() == kind).Select(r => r["StorageRoot"].GetString()!)];

    public async Task<string> TokenAsync() => (await client.RunAsync(".get kusto identity token")).Single()["AuthorizationContext"].GetString()!;

    /// <summary>A message for the table T with what every message has.</summary>
    public async Task<JsonObject> MessageAsync(string blob) => new()
    {
        ["Id"] = Guid.NewGuid().ToString(),
        ["BlobPath"] = blob,
        ["RawDataSize"] = 10,
        ["DatabaseName"] = LocalClient.Database,
        ["TableName"] = "T",
        ["RetainBlobOnSuccess"] = true,
        ["FlushImmediately"] = false,
        ["ReportLevel"] = 2,
        ["ReportMethod"] = 0,
        ["AdditionalProperties"] = new JsonObject { ["authorizationContext"] = await TokenAsync(), ["format"] = "csv" },
    };

    public Task PutAsync(JsonObject message) => PutTextAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(message.ToJsonString())));

    public async Task PutTextAsync(string text)
    {
        string queue = (await ResourcesAsync("SecuredReadyForAggregationQueue"))[0];
        using HttpResponseMessage put = await client.SendAsync(HttpMethod.Post, Below(queue, "/messages"), new StringContent(new XElement("QueueMessage", new XElement("MessageText", text)).ToString()));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    /// <summary>Receives from a queue until there is a message.</summary>
    public async Task<JsonElement> ReceiveAsync(string kind)
    {
        string queue = (await ResourcesAsync(kind))[0];
        while (true)
        {
            using HttpResponseMessage got = await client.SendAsync(HttpMethod.Get, Below(queue, "/messages"));
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            XElement? message = XDocument.Parse(await got.Content.ReadAsStringAsync()).Root!.Element("QueueMessage");
            if (message is not null)
            {
                string id = message.Element("MessageId")!.Value;
                using HttpResponseMessage deleted = await client.SendAsync(HttpMethod.Delete, Below(queue, "/messages/" + id) + "&popreceipt=" + message.Element("PopReceipt")!.Value);
                Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
                return JsonDocument.Parse(Convert.FromBase64String(message.Element("MessageText")!.Value)).RootElement;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The ids of the blobs of which the reports in a queue tell, which stay there.</summary>
    public async Task<IReadOnlyList<string>> PeekAsync(string kind)
    {
        using HttpResponseMessage got = await client.SendAsync(HttpMethod.Get, Below((await ResourcesAsync(kind))[0], "/messages") + "&peekonly=true&numofmessages=32");
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        return [.. XDocument.Parse(await got.Content.ReadAsStringAsync()).Root!.Elements("QueueMessage")
            .Select(m => JsonDocument.Parse(Convert.FromBase64String(m.Element("MessageText")!.Value)).RootElement.GetProperty("IngestionSourceId").GetString()!)];
    }

    /// <summary>An address with more of a path, before its signature.</summary>
    public static string Below(string address, string path)
    {
        int mark = address.IndexOf('?', StringComparison.Ordinal);
        return address[..mark] + path + address[mark..];
    }
}
