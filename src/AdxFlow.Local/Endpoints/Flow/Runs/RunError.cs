namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Why a run failed, or some of its records did.</summary>
/// <param name="Code">The code, such as <c>CONNECTOR-2001-500</c>.</param>
/// <param name="Message">In words.</param>
internal sealed record RunError(string Code, string Message);
