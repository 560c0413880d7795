using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The Catalog API: datasets.</summary>
/// <remarks>Sources: Adobe Developer, "Catalog Service API"; Experience League, "Create a dataset in the API".</remarks>
internal static class CatalogEndpoint
{
    public const string Service = "catalog";

    private const int PageSize = 20;
    private const int MostEntries = 100;

    public static FlowAnswer Handle(FlowRequest request) => (request.Method, request.Segments.ToArray()) switch
    {
        ("GET", ["dataSets"]) => List(request),
        ("POST", ["dataSets"]) => Create(request),
        ("GET", ["dataSets", var id]) => FlowAnswer.Ok(new JsonObject { [id] = Chosen(Demand(request, id).Body, request) }),
        ("DELETE", ["dataSets", var id]) => Delete(request, id),
        _ => throw Wrong(404, "NotFoundError", $"The local stand-in serves no {request.Method} at this address of Catalog."),
    };

    /// <summary>A map by id, as Catalog answers lists.</summary>
    private static FlowAnswer List(FlowRequest request)
    {
        IEnumerable<DataSet> found = request.Workspace.DataSets.Items.OrderByDescending(d => JsonValues.Integer(d.Body["created"]));
        if (request.Value("name") is { } name) found = found.Where(d => name.Split(',').Contains(JsonValues.Text(d.Body["name"]), StringComparer.Ordinal));
        foreach (string filter in request.Values("property"))
        {
            int at = filter.IndexOf("==", StringComparison.Ordinal);
            if (at < 0) throw Wrong(400, "BadRequestError", $"The filter {filter} is not one that the local stand-in knows; it knows field==value.");
            found = found.Where(d => JsonValues.Scalar(JsonValues.At(d.Body, filter[..at].Split('.'))) == filter[(at + 2)..].Trim('"'));
        }

        var page = new JsonObject();
        foreach (DataSet dataSet in found.Skip(Number(request.Value("start"), 0)).Take(Math.Min(MostEntries, Number(request.Value("limit"), PageSize))))
            page[dataSet.Id] = Chosen(dataSet.Body, request);
        return FlowAnswer.Ok(page);
    }

    private static FlowAnswer Create(FlowRequest request)
    {
        JsonObject body = request.Body as JsonObject ?? throw Wrong(400, "BadRequestError", "The request body is missing.");
        if (string.IsNullOrEmpty(JsonValues.Text(body["name"]))) throw Wrong(400, "BadRequestError", "The property name is required.");
        string schema = JsonValues.Text(JsonValues.At(body, "schemaRef", "id")) ?? throw Wrong(400, "BadRequestError", "The property schemaRef.id is required.");
        if (request.Workspace.Schemas.Find(RegistryKind.Schemas, schema) is null) throw Wrong(400, "BadRequestError", $"The schema {schema} could not be found.");
        if (SchemaReference.MajorVersion(JsonValues.Text(JsonValues.At(body, "schemaRef", "contentType"))).Length == 0)
            throw Wrong(400, "BadRequestError", "The property schemaRef.contentType must name a version, as application/vnd.adobe.xed+json;version=1.");
        string id = Convert.ToHexString(RandomNumberGenerator.GetBytes(12)).ToLowerInvariant();
        var stored = (JsonObject)body.DeepClone();
        stored["version"] = "1.0.0";
        stored["imsOrg"] = request.Caller.Organization.Id;
        stored["sandboxId"] = request.Caller.Sandbox!.Id.ToString();
        stored["created"] = request.Now.ToUnixTimeMilliseconds();
        stored["updated"] = request.Now.ToUnixTimeMilliseconds();
        stored["createdClient"] = request.Caller.ClientId;
        stored["createdUser"] = request.Caller.UserId;
        stored["updatedUser"] = request.Caller.UserId;
        stored["files"] = $"@/dataSetFiles?dataSetId={id}";
        request.Workspace.DataSets.Add(new DataSet(id, stored));
        return new FlowAnswer(201, new JsonArray("@/dataSets/" + id)) { Location = "/catalog/dataSets/" + id };
    }

    private static FlowAnswer Delete(FlowRequest request, string id)
    {
        request.Workspace.DataSets.Remove(Demand(request, id));
        return FlowAnswer.Ok(new JsonArray("@/dataSets/" + id));
    }

    private static DataSet Demand(FlowRequest request, string id) =>
        request.Workspace.DataSets.Find(id) ?? throw Wrong(404, "NotFoundError", $"Unable to find object at /dataSets/{id}.");

    private static JsonObject Chosen(JsonObject body, FlowRequest request)
    {
        var chosen = (JsonObject)body.DeepClone();
        if (request.Value("properties") is not { } list) return chosen;
        string[] names = list.Split(',');
        foreach (string name in chosen.Select(p => p.Key).Where(n => !names.Contains(n)).ToArray())
            chosen.Remove(name);
        return chosen;
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static FlowException Wrong(int status, string title, string detail) => FlowException.Platform(status, "/placeholder/type/uri", title, detail);
}
