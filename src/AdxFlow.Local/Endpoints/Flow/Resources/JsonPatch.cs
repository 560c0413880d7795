using System.Globalization;
using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>JSON Patch, as far as the Flow Service takes it: add, replace and remove.</summary>
/// <remarks>Sources: RFC 6902; Experience League, "Update dataflows using the Flow Service API".</remarks>
internal static class JsonPatch
{
    /// <summary>As deep as a body may be. Operation by operation it could grow without end, and so could what walks through it.</summary>
    private const int MostSteps = 64;

    /// <exception cref="FlowException">It is no list of operations, or has one that is not known.</exception>
    public static IReadOnlyList<PatchOperation> Read(JsonNode? body)
    {
        if (body is not JsonArray { Count: > 0 } operations) throw FlowRequest.EmptyBody();
        return [.. operations.Select(Read)];

        static PatchOperation Read(JsonNode? node)
        {
            var operation = node as JsonObject;
            string verb = JsonValues.Text(operation?["op"])?.ToLowerInvariant() ?? "";
            string path = JsonValues.Text(operation?["path"]) ?? "";
            if (verb is not ("add" or "replace" or "remove"))
                throw FlowException.Invalid(1434, $"Unsupported operation '{verb}' received. Please use one of the supported operation types and try again.");
            if (!path.StartsWith('/') || path.Length == 1 || path.Count(c => c == '/') > MostSteps) throw InvalidPath(path);
            return new PatchOperation(verb, path, operation!["value"]?.DeepClone());
        }
    }

    /// <exception cref="FlowException">What it names is not there.</exception>
    public static void Apply(JsonObject root, PatchOperation operation)
    {
        JsonNode parent = root;
        foreach (string step in operation.Steps.SkipLast(1))
            parent = Child(parent, step) ?? throw Missing(step);
        string last = operation.Steps[^1];
        switch (parent)
        {
            case JsonObject owner:
                ChangeMember(owner, last, operation);
                break;
            case JsonArray list:
                ChangeElement(list, last, operation);
                break;
            default:
                throw InvalidPath(operation.Path);
        }
    }

    public static FlowException InvalidPath(string path) =>
        FlowException.Connector(1365, $"The path {path} provided in ops is invalid. Please provide valid path {path} and try again.");

    private static void ChangeMember(JsonObject owner, string name, PatchOperation operation)
    {
        if (operation.Verb != "add" && !owner.ContainsKey(name)) throw Missing(name);
        if (operation.Verb == "remove")
            owner.Remove(name);
        else
            owner[name] = operation.Value?.DeepClone();
    }

    private static void ChangeElement(JsonArray list, string name, PatchOperation operation)
    {
        bool append = name == "-" && operation.Verb == "add";
        int index = append ? list.Count : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        int most = operation.Verb == "add" ? list.Count : list.Count - 1;
        if (index < 0 || index > most) throw Missing(name);
        if (operation.Verb == "add")
        {
            list.Insert(index, operation.Value?.DeepClone());
            return;
        }

        list.RemoveAt(index);
        if (operation.Verb == "replace") list.Insert(index, operation.Value?.DeepClone());
    }

    private static JsonNode? Child(JsonNode parent, string step) => parent switch
    {
        JsonObject owner => owner[step],
        JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count => list[index],
        _ => null,
    };

    private static FlowException Missing(string field) =>
        FlowException.Invalid(1455, $"An error has occurred while validating patch instructions: Missing field \"{field}\".");
}
