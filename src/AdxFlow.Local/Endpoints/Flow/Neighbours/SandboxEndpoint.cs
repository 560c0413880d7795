using System.Globalization;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The Sandbox API: the sandboxes of the organization, which all are the caller's.</summary>
/// <remarks>Source: Adobe Developer, "Sandbox API".</remarks>
internal static class SandboxEndpoint
{
    public const string Service = "sandbox-management";

    private const int PageSize = 50;

    public static FlowAnswer Handle(FlowRequest request) => (request.Method, request.Segments.ToArray()) switch
    {
        ("GET", [] or ["sandboxes"]) => List(request),
        ("GET", ["sandboxes", var name]) => FlowAnswer.Ok(Describe(request.Caller.Organization.FindSandbox(name) ?? throw NotFound(name))),
        _ => throw FlowException.Platform(404, "SMS-1000-404", "Not Found", $"The local stand-in serves no {request.Method} at this address of the Sandbox API."),
    };

    private static FlowAnswer List(FlowRequest request)
    {
        int start = Number(request.Value("offset"), 0);
        int limit = Math.Max(1, Number(request.Value("limit"), PageSize));
        IReadOnlyList<Sandbox> all = request.Caller.Organization.Sandboxes;
        Sandbox[] page = [.. all.Skip(start).Take(limit)];
        var links = new JsonObject { ["page"] = new JsonObject { ["href"] = "https://platform.adobe.io/data/foundation/sandbox-management/?limit={limit}&offset={offset}", ["templated"] = true } };
        if (start + page.Length < all.Count)
            links["next"] = new JsonObject { ["href"] = $"/data/foundation/sandbox-management/?limit={limit}&offset={start + limit}" };
        return FlowAnswer.Ok(new JsonObject
        {
            ["sandboxes"] = new JsonArray([.. page.Select(Describe)]),
            ["_page"] = new JsonObject { ["limit"] = limit, ["count"] = page.Length },
            ["_links"] = links,
        });
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static JsonObject Describe(Sandbox sandbox) => new()
    {
        ["name"] = sandbox.Name,
        ["title"] = sandbox.IsDefault ? "Production" : sandbox.Name,
        ["state"] = "active",
        ["type"] = sandbox.IsDefault ? "production" : "development",
        ["region"] = "VA7",
        ["isDefault"] = sandbox.IsDefault,
        ["eTag"] = 1,
        ["createdDate"] = "2020-01-01 00:00:00",
        ["lastModifiedDate"] = "2020-01-01 00:00:00",
    };

    private static FlowException NotFound(string name) =>
        FlowException.Platform(404, "SMS-2074-404", "Not Found", $"The sandbox '{name}' could not be found.");
}
