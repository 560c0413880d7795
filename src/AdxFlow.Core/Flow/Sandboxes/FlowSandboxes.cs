using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>
/// The sandboxes that one may use. Source: Adobe's Sandbox API,
/// <see href="https://developer.adobe.com/experience-platform-apis/references/sandbox/"/>; the pages are told of in
/// <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sandbox/api/appendix"/>.
/// </summary>
internal sealed class FlowSandboxes(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.Sandboxes, "/", "limit", "offset");

    // What the service gives where nothing is said.
    private const int SandboxesAtATime = 50;

    /// <summary>Lists them, those for the present credential alone, page after page.</summary>
    public async Task<IReadOnlyList<FlowSandbox>> GetAsync(CancellationToken cancellationToken)
    {
        var found = new List<FlowSandbox>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var request = new FlowRequest(List);
        for (int offset = 0; ;)
        {
            JsonElement answer = await client.SendAsync(request, cancellationToken);
            JsonElement[] page = [.. answer.Items("sandboxes")];
            int before = found.Count;
            found.AddRange(page.Select(Read).OfType<FlowSandbox>().Where(sandbox => names.Add(sandbox.Name)));
            long limit = answer.Member("_page")?.Number("limit") ?? SandboxesAtATime;
            // A page without anything new would be followed by another for ever.
            if (page.Length < limit || found.Count == before)
                return found;
            offset += page.Length;
            // The two go together; one alone is refused.
            request = new FlowRequest(List).With("limit", limit.ToString(CultureInfo.InvariantCulture)).With("offset", offset.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The error of a name that none of them has.</summary>
    public static FlowException NotFound(string name, IReadOnlyList<FlowSandbox> all) =>
        new("FlowSandboxNotFound", AdxErrorKind.NotFound, $"There is no sandbox '{name}' that this credential may use.")
        {
            RecommendedAction = $"Choose one of: {string.Join(", ", all.Select(static sandbox => sandbox.Name).Take(20))}. Where it should be there, have an administrator add the API credential to a role of it.",
        };

    private static FlowSandbox? Read(JsonElement sandbox) => sandbox.Text("name") is { } name
        ? new FlowSandbox(name)
        {
            Title = sandbox.Text("title"),
            State = sandbox.Text("state")?.ToLowerInvariant(),
            Type = sandbox.Text("type"),
            Region = sandbox.Text("region"),
            IsDefault = sandbox.Flag("isDefault") ?? false,
            CreatedOn = sandbox.Time("createdDate"),
        }
        : null;
}
