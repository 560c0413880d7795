using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>
/// The sandboxes that one may use. Source: Adobe's Sandbox API,
/// <see href="https://developer.adobe.com/experience-platform-apis/references/sandbox/"/>.
/// </summary>
internal sealed class FlowSandboxes(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.Sandboxes, "/");

    /// <summary>Lists them, those for the present credential alone.</summary>
    public async Task<IReadOnlyList<FlowSandbox>> GetAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await client.SendAsync(new FlowRequest(List), cancellationToken);
        return [.. answer.Items("sandboxes").Select(Read).OfType<FlowSandbox>()];
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
