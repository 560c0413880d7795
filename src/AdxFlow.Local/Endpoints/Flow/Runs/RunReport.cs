using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Writes the metrics and the activities of a run: first the copy from the source, then the promotion into the dataset.</summary>
/// <remarks>Source: Experience League, "Monitor dataflows using the Flow Service API".</remarks>
internal static class RunReport
{
    private const string Copy = "copyActivity";
    private const string Promotion = "promotionActivity";

    public static void AddTo(JsonObject item, FlowRun run, DateTimeOffset now)
    {
        string status = run.StatusAt(now);
        if (status == RunStatus.Scheduled)
        {
            item["metrics"] = new JsonObject { ["statusSummary"] = new JsonObject { ["status"] = status } };
            item["activities"] = new JsonArray();
            return;
        }

        if (status == RunStatus.InProgress)
        {
            item["metrics"] = new JsonObject { ["durationSummary"] = Started(run), ["statusSummary"] = new JsonObject { ["status"] = status } };
            item["activities"] = new JsonArray(new JsonObject
            {
                ["id"] = Copy,
                ["name"] = "Copy Activity",
                ["updatedAtUTC"] = run.StartsAt.ToUnixTimeMilliseconds(),
                ["durationSummary"] = Started(run),
                ["statusSummary"] = new JsonObject { ["status"] = status },
            });
            return;
        }

        RunOutcome outcome = run.Outcome!;
        item["metrics"] = Metrics(run, outcome, status);
        item["activities"] = outcome.Copied ? new JsonArray(CopyActivity(run, outcome, RunStatus.Success), PromotionActivity(run, outcome, status)) : new JsonArray(CopyActivity(run, outcome, status));
    }

    private static JsonObject Metrics(FlowRun run, RunOutcome outcome, string status)
    {
        string last = outcome.Copied ? Promotion : Copy;
        var summary = new JsonObject { ["status"] = status };
        if (outcome.Errors.Count > 0) summary["errors"] = Errors(outcome.Errors);
        summary["activityRefs"] = new JsonArray(last);
        int files = outcome.OutputRecords > 0 ? 1 : 0;
        return new JsonObject
        {
            ["durationSummary"] = Duration(run),
            ["sizeSummary"] = new JsonObject { ["inputBytes"] = outcome.InputBytes, ["outputBytes"] = outcome.OutputBytes },
            ["recordSummary"] = Records(outcome),
            ["fileSummary"] = new JsonObject { ["inputFileCount"] = outcome.InputRecords > 0 ? 1 : 0, ["outputFileCount"] = files, ["activityRefs"] = new JsonArray(last) },
            ["statusSummary"] = summary,
        };
    }

    private static JsonObject CopyActivity(FlowRun run, RunOutcome outcome, string status)
    {
        JsonObject duration = Duration(run);
        if (run.Window.DeltaColumn is not null)
        {
            duration["extensions"] = new JsonObject
            {
                ["windowStart"] = run.Window.Start?.ToUnixTimeMilliseconds() ?? 0,
                ["windowEnd"] = (run.Window.End ?? run.StartsAt).ToUnixTimeMilliseconds(),
            };
        }

        var summary = new JsonObject { ["status"] = status, ["extensions"] = new JsonObject { ["type"] = run.Window.DeltaColumn is null ? "one-time" : "incremental" } };
        if (!outcome.Copied) summary["errors"] = Errors(outcome.Errors);
        return new JsonObject
        {
            ["id"] = Copy,
            ["name"] = "Copy Activity",
            ["updatedAtUTC"] = run.CompletesAt.ToUnixTimeMilliseconds(),
            ["durationSummary"] = duration,
            ["sizeSummary"] = new JsonObject { ["inputBytes"] = outcome.InputBytes, ["outputBytes"] = outcome.InputBytes },
            ["recordSummary"] = new JsonObject(),
            ["fileSummary"] = new JsonObject { ["inputFileCount"] = outcome.InputRecords > 0 ? 1 : 0, ["outputFileCount"] = outcome.InputRecords > 0 ? 1 : 0 },
            ["statusSummary"] = summary,
            ["sourceInfo"] = new JsonArray(Reference(run.SourceId, "SourceConnection", "AdfRunId", run.CopyId)),
        };
    }

    private static JsonObject PromotionActivity(FlowRun run, RunOutcome outcome, string status)
    {
        string batch = $"https://platform.adobe.io/data/foundation/export/batches/{run.BatchId}/meta?path=";
        var summary = new JsonObject { ["status"] = status };
        if (outcome.Errors.Count > 0) summary["errors"] = Errors(outcome.Errors);
        if (outcome.Details.Count > 0)
        {
            var extensions = new JsonObject();
            if (outcome.FailedRows.Count > 0)
                extensions["manifest"] = new JsonObject { ["failedRecords"] = batch + "row_errors", ["sampleErrors"] = batch + "row_error_samples.json" };
            extensions["errors"] = new JsonArray([.. outcome.Details.Select(Detail)]);
            summary["extensions"] = extensions;
        }

        return new JsonObject
        {
            ["id"] = Promotion,
            ["name"] = "Promotion Activity",
            ["updatedAtUTC"] = run.CompletesAt.ToUnixTimeMilliseconds(),
            ["durationSummary"] = Duration(run),
            ["sizeSummary"] = new JsonObject { ["inputBytes"] = outcome.InputBytes, ["outputBytes"] = outcome.OutputBytes },
            ["recordSummary"] = Records(outcome),
            ["fileSummary"] = new JsonObject
            {
                ["inputFileCount"] = outcome.InputRecords > 0 ? 1 : 0,
                ["outputFileCount"] = outcome.OutputRecords > 0 ? 1 : 0,
                ["extensions"] = new JsonObject { ["manifest"] = new JsonObject { ["fileInfo"] = batch + "input_files" } },
            },
            ["statusSummary"] = summary,
            ["targetInfo"] = new JsonArray(Reference(run.TargetId, "TargetConnection", "Batch", run.BatchId)),
        };
    }

    private static JsonObject Started(FlowRun run) => new() { ["startedAtUTC"] = run.StartsAt.ToUnixTimeMilliseconds() };

    private static JsonObject Duration(FlowRun run)
    {
        JsonObject duration = Started(run);
        duration["completedAtUTC"] = run.CompletesAt.ToUnixTimeMilliseconds();
        return duration;
    }

    private static JsonObject Records(RunOutcome outcome)
    {
        if (!outcome.Copied) return [];
        var records = new JsonObject { ["inputRecordCount"] = outcome.InputRecords, ["outputRecordCount"] = outcome.OutputRecords };
        if (outcome.FailedRecords > 0) records["failedRecordCount"] = outcome.FailedRecords;
        return records;
    }

    private static JsonArray Errors(IReadOnlyList<RunError> errors) => [.. errors.Select(e => new JsonObject { ["code"] = e.Code, ["message"] = e.Message })];

    private static JsonObject Detail(RunDetail detail)
    {
        var described = new JsonObject { ["code"] = detail.Error.Code };
        if (detail.Records is { } records) described["recordCount"] = records;
        described["message"] = detail.Error.Message;
        return described;
    }

    private static JsonObject Reference(string id, string type, string referenceType, string referenceId) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["reference"] = new JsonObject { ["type"] = referenceType, ["ids"] = new JsonArray(referenceId) },
    };
}
