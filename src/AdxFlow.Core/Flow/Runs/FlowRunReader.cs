using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Reads runs as the service tells of them. Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/sources/api-tutorials/monitor"/>.</summary>
internal static class FlowRunReader
{
    private const string BatchReference = "Batch";

    public static FlowRun Read(JsonElement run)
    {
        JsonElement metrics = run.Member("metrics") ?? default;
        // The published contract spells it "activites".
        JsonElement[] activities = [.. run.Items("activities").Concat(run.Items("activites"))];
        IReadOnlyList<FlowRunError> errors = ErrorsOf(metrics, activities);
        string? status = metrics.Text("statusSummary", "status") ?? run.Text("state");
        long failed = Records(metrics, "failedRecordCount") ?? activities.Max(static activity => Records(activity, "failedRecordCount")) ?? 0;
        return new FlowRun
        {
            Id = run.Text("id") ?? string.Empty,
            FlowId = run.Text("flowId") ?? string.Empty,
            Status = status,
            State = StateOf(status, failed, errors.Count > 0 || activities.Any(HasFailed)),
            StartTime = metrics.Member("durationSummary")?.Time("startedAtUTC"),
            EndTime = metrics.Member("durationSummary")?.Time("completedAtUTC"),
            WindowStart = run.Member("params")?.Time("windowStartTime") ?? First(activities, "windowStart"),
            WindowEnd = run.Member("params")?.Time("windowEndTime") ?? First(activities, "windowEnd"),
            InputRecords = Records(metrics, "inputRecordCount"),
            OutputRecords = Records(metrics, "outputRecordCount"),
            FailedRecords = failed,
            SkippedRecords = Records(metrics, "skippedRecordCount") ?? 0,
            InputBytes = metrics.Member("sizeSummary")?.Number("inputBytes"),
            OutputBytes = metrics.Member("sizeSummary")?.Number("outputBytes"),
            Errors = errors,
            Activities = [.. activities.Select(ReadActivity)],
            BatchIds = [.. activities.SelectMany(static activity => ReferencesOf(activity, BatchReference)).Distinct(StringComparer.Ordinal)],
            CreatedOn = run.Time("createdAt"),
            UpdatedOn = run.Time("updatedAt"),
        };
    }

    public static FlowRunError ReadError(JsonElement error, string? activity) => new()
    {
        Code = error.Text("code") ?? error.Text("errorCode") ?? string.Empty,
        Message = error.Text("message") ?? error.Text("description") ?? string.Empty,
        RecordCount = error.Number("recordCount"),
        Activity = activity,
    };

    /// <summary>A success that left rows out is none.</summary>
    internal static FlowRunState StateOf(string? status, long failedRecords, bool hasErrors) => Normal(status) switch
    {
        "scheduled" or "queued" or "pending" => FlowRunState.Scheduled,
        "inprogress" or "running" or "started" => FlowRunState.InProgress,
        "success" or "succeeded" or "completed" => failedRecords > 0 || hasErrors ? FlowRunState.PartialSuccess : FlowRunState.Success,
        "partialsuccess" or "partialfailure" => FlowRunState.PartialSuccess,
        "failed" or "failure" => FlowRunState.Failed,
        _ => FlowRunState.Unknown,
    };

    private static string Normal(string? word) => (word ?? string.Empty).Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private static bool HasFailed(JsonElement activity) => Normal(activity.Text("statusSummary", "status")) is "failed" or "failure";

    private static DateTimeOffset? First(JsonElement[] activities, string name) =>
        activities.Select(activity => activity.Member("durationSummary", "extensions")?.Time(name)).FirstOrDefault(static time => time is not null);

    private static FlowRunActivity ReadActivity(JsonElement activity) => new()
    {
        Id = activity.Text("id") ?? string.Empty,
        Name = NameOf(activity) ?? string.Empty,
        Status = activity.Text("statusSummary", "status"),
        StartTime = activity.Member("durationSummary")?.Time("startedAtUTC"),
        EndTime = activity.Member("durationSummary")?.Time("completedAtUTC"),
        InputRecords = Records(activity, "inputRecordCount"),
        OutputRecords = Records(activity, "outputRecordCount"),
        FailedRecords = Records(activity, "failedRecordCount") ?? 0,
        References = [.. ReferencesOf(activity, null)],
    };

    private static string? NameOf(JsonElement activity) => activity.Text("name") ?? activity.Text("id");

    /// <summary>The run repeats what its activities say; each thing is told once, where it happened.</summary>
    private static IReadOnlyList<FlowRunError> ErrorsOf(JsonElement metrics, JsonElement[] activities)
    {
        IEnumerable<FlowRunError> ofActivities = activities.SelectMany(static activity =>
            SummaryErrors(activity).Select(error => ReadError(error, NameOf(activity))));
        IEnumerable<FlowRunError> ofRun = SummaryErrors(metrics)
            .Concat(metrics.Member("recordSummary")?.Items("failedInfo") ?? [])
            .Select(static error => ReadError(error, null));
        return [.. ofActivities.Concat(ofRun).DistinctBy(static error => (error.Code, error.Message))];
    }

    private static IEnumerable<JsonElement> SummaryErrors(JsonElement item)
    {
        if (item.Member("statusSummary") is not { } summary)
            return [];
        JsonElement extensions = summary.Member("extensions") ?? default;
        return summary.Items("errors").Concat(extensions.Items("errors")).Concat(extensions.Member("manifest")?.Items("errors") ?? []);
    }

    private static long? Records(JsonElement item, string name) => item.Member("recordSummary")?.Number(name);

    private static IEnumerable<string> ReferencesOf(JsonElement activity, string? type)
    {
        foreach (JsonElement info in activity.Items("sourceInfo").Concat(activity.Items("targetInfo")))
        {
            if (type is null || string.Equals(info.Text("reference", "type"), type, StringComparison.OrdinalIgnoreCase))
            {
                foreach (string id in info.Member("reference")?.Texts("ids") ?? [])
                    yield return id;
            }
        }
    }
}
