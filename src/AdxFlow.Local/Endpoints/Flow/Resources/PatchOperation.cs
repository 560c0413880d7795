using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>One operation of a JSON Patch.</summary>
/// <param name="Verb">add, replace or remove.</param>
/// <param name="Path">The JSON pointer as it was sent.</param>
/// <param name="Value">The value, if any.</param>
internal sealed record PatchOperation(string Verb, string Path, JsonNode? Value)
{
    /// <summary>The parts of the pointer, unescaped.</summary>
    public IReadOnlyList<string> Steps { get; } =
        [.. Path.Split('/').Skip(1).Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
