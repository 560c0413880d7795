using System.Globalization;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The Data Prep API: mapping sets. Expressions are checked roughly, and not evaluated.</summary>
/// <remarks>Source: Adobe Developer, "Data Prep API".</remarks>
internal static class DataPrepEndpoint
{
    public const string Service = "conversion";

    public static FlowAnswer Handle(FlowRequest request) => (request.Method, request.Segments.ToArray()) switch
    {
        ("GET", ["mappingSets"]) => List(request),
        ("POST", ["mappingSets"]) => Create(request),
        ("POST", ["mappingSets", "validate"]) => Validate(request),
        ("POST", ["mappingSets", "preview"]) => Preview(request),
        ("GET", ["mappingSets", var id]) => FlowAnswer.Ok(Describe(Demand(request, id))),
        ("GET", ["mappingSets", var id, "mappings"]) => FlowAnswer.Ok(Describe(Demand(request, id))["mappings"]!.DeepClone()),
        _ => throw Wrong(404, $"The local stand-in serves no {request.Method} at this address of Data Prep."),
    };

    public static FlowException Wrong(int status, string detail) =>
        FlowException.Platform(status, $"DPREP-1000-{status}", status == 404 ? "NotFoundError" : "BadRequestError", detail);

    public static JsonObject Error(MappingRule rule, string problem) => new()
    {
        ["destination"] = rule.Destination,
        ["exception"] = problem,
        ["source"] = rule.Source,
        ["columnName"] = string.Join('.', rule.SourcePath),
        ["sourceType"] = rule.Kind,
    };

    private static FlowAnswer List(FlowRequest request)
    {
        if (!int.TryParse(request.Value("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit == 0)
            throw Wrong(400, "The parameter limit is required.");
        int start = int.TryParse(request.Value("start"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        MappingSet[] all = [.. request.Workspace.MappingSets.Values.OrderByDescending(m => JsonValues.Integer(m.Body["createdDate"]))];
        var page = new JsonArray([.. all.Skip(start).Take(limit).Select(Describe)]);
        var links = new JsonObject();
        if (start + page.Count < all.Length)
            links["next"] = new JsonObject { ["href"] = $"/mappingSets?limit={limit}&start={start + limit}", ["templated"] = false };
        return FlowAnswer.Ok(new JsonObject { ["data"] = page, ["_page"] = new JsonObject { ["count"] = page.Count, ["limit"] = limit, ["totalCount"] = all.Length }, ["_links"] = links });
    }

    private static FlowAnswer Create(FlowRequest request)
    {
        MappingSet mapping = MappingSet.Read(request.Body as JsonObject ?? throw Wrong(400, "The request body is missing."));
        JsonObject? schema = request.Workspace.Schemas.Find(RegistryKind.Schemas, mapping.SchemaId);
        foreach (MappingRule rule in mapping.Rules)
        {
            if (rule.Problem(request.Workspace.Schemas, schema) is { } problem) throw Wrong(400, problem);
        }

        JsonObject body = mapping.Body;
        body["id"] = mapping.Id;
        body["version"] = mapping.Version;
        body["createdDate"] = request.Now.ToUnixTimeMilliseconds();
        body["modifiedDate"] = request.Now.ToUnixTimeMilliseconds();
        body["createdBy"] = request.Caller.UserId;
        body["modifiedBy"] = request.Caller.UserId;
        request.Workspace.MappingSets.Add(mapping.Id, mapping);
        var answer = new JsonObject();
        foreach (string name in (string[])["id", "version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"])
            answer[name] = body[name]!.DeepClone();
        return FlowAnswer.Ok(answer);
    }

    /// <summary>Says for each mapping whether it fits the schema.</summary>
    private static FlowAnswer Validate(FlowRequest request)
    {
        MappingSet mapping = MappingSet.Read(request.Body as JsonObject ?? throw Wrong(400, "The request body is missing."));
        JsonObject? schema = request.Workspace.Schemas.Find(RegistryKind.Schemas, mapping.SchemaId);
        var response = new JsonArray();
        foreach (MappingRule rule in mapping.Rules)
        {
            string? problem = rule.Problem(request.Workspace.Schemas, schema);
            response.Add(new JsonObject
            {
                ["status"] = problem is null ? "SUCCESS" : "FAILED",
                ["errors"] = problem is null ? null : new JsonArray(Error(rule, problem)),
            });
        }

        return FlowAnswer.Ok(new JsonObject { ["validationResponse"] = response });
    }

    private static FlowAnswer Preview(FlowRequest request)
    {
        MappingSet mapping = MappingSet.Read(JsonValues.At(request.Body, "mappingSet") as JsonObject ?? throw Wrong(400, "The mapping set is missing."));
        XdmRegistry registry = request.Workspace.Schemas;
        JsonObject schema = registry.Find(RegistryKind.Schemas, mapping.SchemaId) ?? throw Wrong(400, "The output schema could not be found.");
        return FlowAnswer.Ok(new MappingPreview(registry, schema, mapping.Rules).Answer(request.Body!["data"]));
    }

    private static MappingSet Demand(FlowRequest request, string id) =>
        request.Workspace.MappingSets.GetValueOrDefault(id) ?? throw Wrong(404, $"The mapping set {id} could not be found.");

    /// <summary>What is read tells the source types as media types, which the API reference does not say.</summary>
    private static JsonObject Describe(MappingSet mapping)
    {
        var body = (JsonObject)mapping.Body.DeepClone();
        body["mappings"] = new JsonArray([.. mapping.Rules.Select(r => new JsonObject
        {
            ["sourceType"] = r.Kind switch { "ATTRIBUTE" => "text/x.schema-path", "EXPRESSION" => "text/x.aep-xl", _ => r.Kind },
            ["source"] = r.Source,
            ["destination"] = r.Destination,
            ["version"] = 0,
        })]);
        return body;
    }
}
