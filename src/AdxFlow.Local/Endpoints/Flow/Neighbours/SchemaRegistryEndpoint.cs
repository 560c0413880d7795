using System.Globalization;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The Schema Registry API, as far as a schema from a table needs it.</summary>
/// <remarks>Sources: Experience League, "Schema Registry API guide" and "XDM System troubleshooting guide".</remarks>
internal static class SchemaRegistryEndpoint
{
    public const string Service = "schemaregistry";

    public static FlowAnswer Handle(FlowRequest request) => (request.Method, request.Segments.ToArray()) switch
    {
        ("GET", ["stats"]) => Statistics(request),
        ("GET", ["global", "schemas" or "fieldgroups"]) => List(request, [], request.Segments[1]),
        ("GET", ["global", var path, var id]) when RegistryKind.Find(path) is not null => GetGlobal(request, path, id),
        ("GET", ["global", "classes"]) => List(request, XdmRegistry.GlobalClasses, "classes"),
        ("GET", ["tenant", var path]) when RegistryKind.Find(path) is { } kind => List(request, request.Workspace.Schemas.All(kind), path),
        ("GET", ["tenant", var path, var id]) when RegistryKind.Find(path) is { } kind => Get(request, kind, id),
        ("POST", ["tenant", var path]) when RegistryKind.Find(path) is { } kind => Create(request, kind),
        ("DELETE", ["tenant", var path, var id]) when RegistryKind.Find(path) is { } kind => Delete(request, kind, id),
        _ => throw FlowException.Registry("XDM-1017-404", "Resource not found", $"The local stand-in serves no {request.Method} at this address of the Schema Registry."),
    };

    private static FlowAnswer Statistics(FlowRequest request)
    {
        XdmRegistry registry = request.Workspace.Schemas;
        return FlowAnswer.Ok(new JsonObject
        {
            ["imsOrg"] = request.Caller.Organization.Id,
            ["tenantId"] = request.Caller.Organization.TenantId,
            ["counts"] = new JsonObject
            {
                ["schemas"] = registry.Count(RegistryKind.Schemas),
                ["mixins"] = registry.Count(RegistryKind.FieldGroups),
                ["datatypes"] = 0,
                ["classes"] = registry.Count(RegistryKind.Classes),
                ["unions"] = 0,
            },
        });
    }

    private static FlowAnswer List(FlowRequest request, IEnumerable<JsonObject> resources, string path)
    {
        string accept = (request.Header("Accept") ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (accept is not ("application/vnd.adobe.xed-id+json" or "application/vnd.adobe.xed+json"))
            throw InvalidAccept("XDM-1006-400", accept, "application/vnd.adobe.{xed|xdm}+json");
        IEnumerable<JsonObject> found = resources;
        foreach (string filter in request.Values("property"))
            found = found.Where(r => Matches(r, filter));
        JsonObject[] all = [.. found.OrderBy(r => JsonValues.Text(r["title"]), StringComparer.Ordinal)];
        int limit = Number(request.Value("limit"), 300);
        string start = request.Value("start") ?? "";
        JsonObject[] page = [.. all.Where(r => string.CompareOrdinal(JsonValues.Text(r["title"]), start) >= 0).Take(limit + 1)];
        string? next = page.Length > limit ? JsonValues.Text(page[limit]["title"]) : null;
        var results = new JsonArray([.. page.Take(limit).Select(r => accept.Contains("-id", StringComparison.Ordinal) ? Short(r) : r.DeepClone())]);
        return FlowAnswer.Ok(new JsonObject
        {
            ["results"] = results,
            ["_page"] = new JsonObject { ["orderby"] = "title", ["next"] = next, ["count"] = results.Count },
            ["_links"] = new JsonObject
            {
                ["next"] = next is null ? null : new JsonObject { ["href"] = $"/{Service}/tenant/{path}?orderby=title&start={Uri.EscapeDataString(next)}&limit={limit}" },
            },
        });
    }

    private static FlowAnswer GetGlobal(FlowRequest request, string path, string id)
    {
        JsonObject? found = path == "classes" ? XdmRegistry.GlobalClasses.FirstOrDefault(c => JsonValues.Text(c["$id"]) == id || JsonValues.Text(c["meta:altId"]) == id) : null;
        string accept = DemandVersion(request);
        return Describe(request, found ?? throw NotFound(path == "schemas" ? RegistryKind.Schemas : RegistryKind.Classes, id), accept);
    }

    private static FlowAnswer Get(FlowRequest request, RegistryKind kind, string id)
    {
        string accept = DemandVersion(request);
        return Describe(request, Demand(request, kind, id), accept);
    }

    private static string DemandVersion(FlowRequest request)
    {
        string accept = (request.Header("Accept") ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!accept.StartsWith("application/vnd.adobe.xed", StringComparison.Ordinal) || !accept.Contains("+json;version=", StringComparison.Ordinal))
            throw InvalidAccept("XDM-1007-400", accept, "application/vnd.adobe.{xed|xdm}+json; version=1 (Version should be specified)");
        return accept;
    }

    private static FlowAnswer Describe(FlowRequest request, JsonObject resource, string accept)
    {
        var answer = (JsonObject)resource.DeepClone();
        if (accept.Contains("xed-full", StringComparison.Ordinal))
        {
            answer.Remove("allOf");
            answer.Remove("definitions");
            answer["properties"] = request.Workspace.Schemas.Properties(resource);
            if (request.Workspace.Schemas.Required(resource) is { Count: > 0 } required) answer["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }

        return FlowAnswer.Ok(answer);
    }

    private static FlowAnswer Create(FlowRequest request, RegistryKind kind)
    {
        JsonObject body = request.Object();
        Organization organization = request.Caller.Organization;
        XdmRegistry registry = request.Workspace.Schemas;
        XdmRules.Check(body, kind, organization, registry);
        string key = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24)).ToLowerInvariant();
        var resource = (JsonObject)body.DeepClone();
        resource["$id"] = $"https://ns.adobe.com/{organization.TenantId}/{kind.IdPath}/{key}";
        resource["meta:altId"] = $"_{organization.TenantId}.{kind.IdPath}.{key}";
        resource["meta:resourceType"] = kind.IdPath;
        resource["version"] = "1.0";
        resource["imsOrg"] = organization.Id;
        resource["meta:extensible"] = kind != RegistryKind.Schemas;
        resource["meta:abstract"] = kind != RegistryKind.Schemas;
        resource["meta:xdmType"] = "object";
        resource["meta:containerId"] = "tenant";
        resource["meta:tenantNamespace"] = "_" + organization.TenantId;
        if (kind == RegistryKind.Schemas)
        {
            resource["meta:class"] = XdmRegistry.References(body).First(r => registry.Referred(r) is { } referred && XdmRegistry.IsClass(referred));
            resource["meta:extends"] = new JsonArray([.. XdmRegistry.References(body).Select(r => (JsonNode)r)]);
        }

        resource["meta:registryMetadata"] = new JsonObject
        {
            ["repo:createdDate"] = request.Now.ToUnixTimeMilliseconds(),
            ["repo:lastModifiedDate"] = request.Now.ToUnixTimeMilliseconds(),
            ["xdm:createdClientId"] = request.Caller.ClientId,
            ["xdm:createdUserId"] = request.Caller.UserId,
            ["eTag"] = key,
        };
        registry.Add(kind, resource);
        return new FlowAnswer(201, resource.DeepClone());
    }

    private static FlowAnswer Delete(FlowRequest request, RegistryKind kind, string id)
    {
        JsonObject resource = Demand(request, kind, id);
        string own = JsonValues.Text(resource["$id"])!;
        if (request.Workspace.Schemas.Everything.Any(r => XdmRegistry.References(r).Contains(own)) || request.Workspace.DataSets.Items.Any(d => d.SchemaId == own))
            throw FlowException.Registry("XDM-1524-400", "Resource in use", $"The resource {own} is used by others and cannot be deleted.");
        request.Workspace.Schemas.Remove(resource);
        return FlowAnswer.NoContent;
    }

    private static JsonObject Demand(FlowRequest request, RegistryKind kind, string id) =>
        request.Workspace.Schemas.Find(kind, id) ?? throw NotFound(kind, id);

    private static FlowException NotFound(RegistryKind kind, string id) =>
        FlowException.Registry(kind == RegistryKind.Schemas ? "XDM-1012-404" : "XDM-1010-404", "Resource not found", $"The requested resource {id} with version 1 is not found.");

    private static JsonObject Short(JsonObject resource) => new()
    {
        ["$id"] = resource["$id"]!.DeepClone(),
        ["meta:altId"] = resource["meta:altId"]!.DeepClone(),
        ["version"] = resource["version"]!.DeepClone(),
        ["title"] = resource["title"]!.DeepClone(),
    };

    private static bool Matches(JsonObject resource, string filter)
    {
        int at = filter.IndexOf("==", StringComparison.Ordinal);
        if (at < 0) throw FlowException.Registry("XDM-1000-400", "Bad request", $"The filter {filter} is not one that the local stand-in knows; it knows field==value.");
        return JsonValues.Scalar(resource[filter[..at]]) == filter[(at + 2)..].Trim('"');
    }

    private static int Number(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? Math.Min(number, most) : most;

    private static FlowException InvalidAccept(string code, string accept, string valid) =>
        FlowException.Registry(code, "Accept header invalid", $"The supplied Accept header is not valid: {accept} - A valid Accept value should look like {valid}");
}
