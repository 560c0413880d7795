using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Runs;

namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The Data Access API, as far as it tells which records of a batch failed.</summary>
/// <remarks>Source: Experience League, "Retrieving data ingestion error diagnostics".</remarks>
internal static class ExportEndpoint
{
    public const string Service = "export";

    private const string Folder = "row_errors";
    private const string File = "conversion_errors_0.json";
    private const string Samples = "row_error_samples.json";

    public static FlowAnswer Handle(FlowRequest request) => (request.Method, request.Segments.ToArray()) switch
    {
        ("GET", ["batches", var id, "meta"]) => Get(id, Demand(request, id), request.Value("path") ?? ""),
        _ => throw NotFound($"The local stand-in serves no {request.Method} at this address of the Data Access API."),
    };

    private static FlowAnswer Get(string id, RunOutcome outcome, string path)
    {
        if (outcome.FailedRows.Count == 0) throw NotFound($"The batch {id} has no {path}.");
        string lines = string.Join('\n', outcome.FailedRows.Select(r => r.ToJsonString()));
        return path switch
        {
            Folder => FlowAnswer.Ok(new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject
                {
                    ["name"] = File,
                    ["length"] = Encoding.UTF8.GetByteCount(lines).ToString(CultureInfo.InvariantCulture),
                    ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = $"https://platform.adobe.io:443/data/foundation/export/batches/{id}/meta?path={Folder}%2F{File}" } },
                }),
                ["_page"] = new JsonObject { ["limit"] = 100, ["count"] = 1 },
            }),
            Folder + "/" + File => FlowAnswer.Lines(lines),
            Samples => FlowAnswer.Lines(lines),
            _ => throw NotFound($"The batch {id} has no {path}."),
        };
    }

    private static RunOutcome Demand(FlowRequest request, string id) =>
        request.Workspace.Runs.Items.OfType<FlowRun>().FirstOrDefault(r => r.BatchId == id && r.CompletesAt <= request.Now)?.Outcome
            ?? throw NotFound($"The batch {id} could not be found.");

    private static FlowException NotFound(string detail) => FlowException.Platform(404, "/placeholder/type/uri", "NotFoundError", detail);
}
