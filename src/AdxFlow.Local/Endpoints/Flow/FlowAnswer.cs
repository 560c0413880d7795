using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow;

/// <summary>The answer of an Adobe endpoint.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Body">The body, or null for none.</param>
internal sealed record FlowAnswer(int Status, JsonNode? Body)
{
    /// <summary>The address of what was made, for the <c>Location</c> header.</summary>
    public string? Location { get; init; }

    /// <summary>A body that is no JSON document but one a line.</summary>
    public string? Text { get; init; }

    public static FlowAnswer Lines(string text) => new(200, null) { Text = text };

    public static FlowAnswer Ok(JsonNode body) => new(200, body);

    public static FlowAnswer NoContent { get; } = new(204, null);

    /// <summary>One resource, which the Flow Service wraps in a list.</summary>
    public static FlowAnswer Item(JsonNode item) => Ok(new JsonObject { ["items"] = new JsonArray(item) });
}
