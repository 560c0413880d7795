using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdxFlow.Local.Tests.Flow;
using AdxFlow.Local.Tests.Persistence;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Requests to Adobe's side with bodies that nobody would send: each is taken or refused, and never breaks anything.</summary>
public sealed class FlowFuzzTests
{
    [Fact]
    public async Task Bodies_of_every_request_of_the_tutorial()
    {
        using var folder = new LocalFolder();
        await using Dataflow dataflow = await Dataflow.StartAsync(path: folder.Path);
        AdobeClient client = dataflow.Client;
        string flow = await dataflow.CreateFlowAsync();
        (HttpMethod Method, string Path, object Body)[] requests =
        [
            (HttpMethod.Post, "flowservice/connections", client.Connection()),
            (HttpMethod.Post, "flowservice/sourceConnections", await dataflow.SourceAsync("Orders")),
            (HttpMethod.Post, "flowservice/targetConnections", dataflow.Target(dataflow.DataSetId)),
            (HttpMethod.Post, "flowservice/flows", dataflow.Flow()),
            (HttpMethod.Post, "flowservice/flows", dataflow.Flow(new { startTime = dataflow.Now, frequency = "hour", interval = 1, backfill = true }, [Dataflow.Copy, dataflow.Mapping], new { partialIngestionPercent = 10 })),
            (HttpMethod.Patch, $"flowservice/flows/{flow}", new[] { new { op = "replace", path = "/name", value = "x" }, new { op = "add", path = "/description", value = "y" } }),
            (HttpMethod.Patch, $"flowservice/connections/{dataflow.ConnectionId}", new[] { new { op = "replace", path = "/auth/params", value = new { servicePrincipalKey = "k" } } }),
            (HttpMethod.Post, "conversion/mappingSets", Dataflow.MappingSet(dataflow.SchemaId, ("Id", $"_{dataflow.Tenant}.id"), ("Name", "person.name.fullName"))),
            (HttpMethod.Post, "conversion/mappingSets/validate", Dataflow.MappingSet(dataflow.SchemaId, ("Id", $"_{dataflow.Tenant}.id"))),
            (HttpMethod.Post, "catalog/dataSets", new { name = "D", schemaRef = new { id = dataflow.SchemaId, contentType = "application/vnd.adobe.xed+json;version=1" } }),
            (HttpMethod.Post, "schemaregistry/tenant/schemas", new { type = "object", title = "S", allOf = new[] { new Dictionary<string, string> { ["$ref"] = "https://ns.adobe.com/xdm/context/profile" } } }),
            (HttpMethod.Post, "schemaregistry/tenant/fieldgroups", new Dictionary<string, object>
            {
                ["title"] = "G",
                ["type"] = "object",
                ["meta:intendedToExtend"] = new[] { "https://ns.adobe.com/xdm/context/profile" },
                ["definitions"] = new { table = new { properties = new Dictionary<string, object> { ["_" + dataflow.Tenant] = new { type = "object", properties = new { id = new { type = "integer" } } } } } },
                ["allOf"] = new[] { new Dictionary<string, string> { ["$ref"] = "#/definitions/table" } },
            }),
        ];
        string[] bodies = [.. requests.Select(r => JsonSerializer.Serialize(r.Body))];
        var random = new Random(FuzzSettings.Seed);
        var json = new JsonMutator(random);
        var bytes = new ByteMutator(random);
        string etag = "\"*\"";
        for (int i = FuzzSettings.Rounds(1_200); i > 0; i--)
        {
            int at = random.Next(requests.Length);
            string body = random.Next(3) == 0 ? Encoding.UTF8.GetString(bytes.Next(Encoding.UTF8.GetBytes(bodies[at]))) : json.Next(bodies[at]);
            if (requests[at].Method == HttpMethod.Patch)
            {
                using HttpResponseMessage now = await client.SendAsync(HttpMethod.Get, requests[at].Path);
                etag = JsonDocument.Parse(await now.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("items")[0].GetProperty("etag").GetString()!;
            }

            using HttpResponseMessage response = await client.SendAsync(requests[at].Method, requests[at].Path, body, ("If-Match", etag));
            string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"{requests[at].Method} {requests[at].Path} {body}: {(int)response.StatusCode} {answer}");
        }

        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, $"flowservice/flows/{flow}")).StatusCode);

        // Whatever was taken can be kept, and read again.
        string[] before = await ListsAsync(dataflow);
        await dataflow.RestartAsync();
        Assert.Equal(before, await ListsAsync(dataflow));
        await dataflow.CreateFlowAsync();
    }

    private static async Task<string[]> ListsAsync(Dataflow dataflow)
    {
        var lists = new List<string>();
        foreach (string path in (string[])["connections", "sourceConnections", "targetConnections", "flows", "runs"])
        {
            JsonNode list = await dataflow.Client.GetAsync(path + "?limit=100");

            // The port is another after a restart, in addresses; in what looks like one it is not.
            lists.Add(Regex.Replace(list["items"]!.ToJsonString(), "localhost:[0-9]+", "localhost", RegexOptions.IgnoreCase));
        }

        return [.. lists];
    }
}
