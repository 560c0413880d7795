namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>The words for what a run is at.</summary>
internal static class RunStatus
{
    public const string Scheduled = "scheduled";

    public const string InProgress = "inProgress";

    public const string Success = "success";

    public const string Failed = "failed";
}
