using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>What a change answers with: what was made or changed, and its version now.</summary>
/// <param name="Id">The id; null where the answer had no body.</param>
/// <param name="ETag">The version, in the quotes it came with; null where there was none.</param>
internal sealed record FlowReference(string? Id, string? ETag)
{
    /// <summary>The id, which whoever goes on with what was made needs.</summary>
    /// <param name="what">What was made.</param>
    /// <exception cref="FlowException"><c>FlowInvalidAnswer</c>: the answer named none.</exception>
    public string RequireId(string what) => Id ?? throw new FlowException("FlowInvalidAnswer", AdxErrorKind.InvalidResult, $"The service made a {what} and did not say its id.")
    {
        RecommendedAction = "Look for it before the call is repeated (Get-…): it is there.",
    };

    /// <summary>Reads <c>{"id","etag"}</c>, alone or as the one item of a list.</summary>
    public static FlowReference Read(JsonElement answer)
    {
        JsonElement item = FlowJson.OneItem(answer) ?? answer;
        return new FlowReference(item.Text("id"), item.Text("etag") ?? item.Text("eTag"));
    }
}
