using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>What became of a run.</summary>
internal sealed record RunOutcome
{
    /// <summary>True where records arrived, or there were none.</summary>
    public bool Succeeded { get; init; } = true;

    /// <summary>True where the source could be read.</summary>
    public bool Copied { get; init; } = true;

    public long InputRecords { get; init; }

    public long FailedRecords { get; init; }

    public long InputBytes { get; init; }

    public long OutputRecords => Succeeded ? InputRecords - FailedRecords : 0;

    /// <summary>The same share of the bytes as of the records.</summary>
    public long OutputBytes => InputRecords == 0 ? 0 : (long)((decimal)InputBytes * OutputRecords / InputRecords);

    /// <summary>What the run tells as its errors.</summary>
    public IReadOnlyList<RunError> Errors { get; init; } = [];

    /// <summary>What the activity that failed tells.</summary>
    public IReadOnlyList<RunDetail> Details { get; init; } = [];

    /// <summary>The first of the records that failed, with what is wrong.</summary>
    public IReadOnlyList<JsonObject> FailedRows { get; init; } = [];

    /// <summary>A run whose source could not be read.</summary>
    public static RunOutcome NotCopied(string message) => new()
    {
        Succeeded = false,
        Copied = false,
        Errors = [new RunError("CONNECTOR-2001-500", "Error occurred at copy activity."), new RunError("CONNECTOR-1308-400", $"The request could not be processed. Error message: {message}")],
    };

    /// <summary>A run whose records had nowhere to arrive.</summary>
    public static RunOutcome NotPromoted(long rows, long bytes, string message) => new()
    {
        Succeeded = false,
        InputRecords = rows,
        InputBytes = bytes,
        Errors = [new RunError("CONNECTOR-2001-500", "Error occurred at promotion activity."), new RunError("FLOW-2200-500", $"An error occurred while calling Catalog. {message}")],
    };

    /// <summary>A run that failed as a test wished.</summary>
    public static RunOutcome Planned(RunError error) => new() { Succeeded = false, Copied = false, Errors = [error] };
}
