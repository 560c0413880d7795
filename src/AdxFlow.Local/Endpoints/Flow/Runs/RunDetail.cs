namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>An error in the details of a run, and the number of records that had it, where that is told.</summary>
internal sealed record RunDetail(RunError Error, long? Records);
