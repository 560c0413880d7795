using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Endpoints.Flow.Specs;

namespace AdxFlow.Local.Endpoints.Flow.Connections;

/// <summary>Base connections: an account at a source.</summary>
/// <remarks>Source: Experience League, "Create an Azure Data Explorer base connection using the Flow Service API".</remarks>
internal sealed class ConnectionKind() : ResourceKind("connections")
{
    private const string Mask = "********";

    public override IReadOnlyList<string> FilterFields { get; } = ["connectionSpec"];

    public override IReadOnlyList<string> PatchFields { get; } = ["name", "description", "auth", "connectionSpec"];

    public override ResourceCollection In(Workspace workspace) => workspace.Connections;

    public override void Check(JsonObject body, JsonObject? previous, bool isDraft, FlowRequest request)
    {
        JsonObject spec = SpecCatalog.DemandConnectionSpec(body);
        if (!isDraft) CheckAuthentication(body, spec);
    }

    /// <summary>Of a secret nothing is kept but what it can be checked with.</summary>
    public override void Protect(JsonObject body, JsonObject? previous)
    {
        if (JsonValues.At(body, "auth", "params") is not JsonObject parameters) return;
        JsonNode? before = JsonValues.At(previous, "auth", "params");
        foreach (string name in Secrets(SpecCatalog.DemandConnectionSpec(body)))
        {
            if (JsonValues.Scalar(parameters[name]) is { Length: > 0 } secret && secret != JsonValues.Scalar(JsonValues.At(before, name)))
                parameters[name] = SealedSecret.Seal(secret);
        }
    }

    public override void CheckPatch(FlowResource resource, PatchOperation operation, FlowRequest request)
    {
        if (operation.Steps[0] == "connectionSpec") throw FlowException.Invalid(1414, "The connection spec of a connection cannot be updated.");
    }

    public override void CheckDeletion(FlowResource resource, Workspace workspace)
    {
        HashSet<string> sources = [.. workspace.SourceConnections.Items.Where(s => JsonValues.Text(s.Body["baseConnectionId"]) == resource.Id).Select(s => s.Id)];
        if (workspace.Flows.Items.Any(f => JsonValues.Texts(f.Body["sourceConnectionIds"]).Any(sources.Contains)))
        {
            throw FlowException.Invalid(1418, $"The base connection with the ID {resource.Id} cannot be deleted because the base connection is being used in one or more flows. "
                + "Please ensure that corresponding flows are deleted before deleting a base connection.");
        }
    }

    /// <summary>Secrets are never told.</summary>
    public override JsonObject Render(FlowResource resource, Workspace workspace, DateTimeOffset now)
    {
        JsonObject item = resource.Render(now);
        if (SpecCatalog.FindConnectionSpec(JsonValues.Text(JsonValues.At(item, "connectionSpec", "id"))) is not { } spec
            || JsonValues.At(item, "auth", "params") is not JsonObject parameters)
            return item;
        foreach (string secret in Authentication(item, spec) is null ? [.. parameters.Select(p => p.Key)] : Secrets(spec))
        {
            if (parameters.ContainsKey(secret)) parameters[secret] = Mask;
        }

        return item;
    }

    private static void CheckAuthentication(JsonObject body, JsonObject spec)
    {
        string id = JsonValues.Text(spec["id"])!;
        string name = JsonValues.Text(JsonValues.At(body, "auth", "specName")) ?? "";
        JsonObject authentication = Authentication(body, spec)
            ?? throw FlowException.Invalid(1415, $"The auth spec '{name}' could not be found for the connection spec ID {id}.");
        foreach (string required in JsonValues.Texts(JsonValues.At(authentication, "spec", "required")))
        {
            if (string.IsNullOrEmpty(JsonValues.Scalar(JsonValues.At(body, "auth", "params", required))))
                throw FlowException.Connector(1304, $"The mandatory field {required} is not provided. Please provide the {required} and try again.");
        }
    }

    private static JsonObject? Authentication(JsonObject body, JsonObject spec)
    {
        string? name = JsonValues.Text(JsonValues.At(body, "auth", "specName"));
        return (spec["authSpec"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(a => JsonValues.Text(a["name"]) == name);
    }

    /// <summary>The secrets of all ways to sign in.</summary>
    private static IReadOnlyList<string> Secrets(JsonObject spec) =>
        [.. (spec["authSpec"] as JsonArray ?? [])
            .Select(a => JsonValues.At(a, "spec", "properties")).OfType<JsonObject>()
            .SelectMany(p => p.Where(f => JsonValues.Text(JsonValues.At(f.Value, "format")) == "password").Select(f => f.Key))
            .Distinct()];
}
