using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>What there is to say of runs that left something out.</summary>
internal static class FlowRunErrors
{
    private const int MostTold = 3;

    /// <summary>The error of a run that failed.</summary>
    public static FlowException Failed(FlowRun run) =>
        new("FlowRunFailed", AdxErrorKind.ServiceError, $"Run '{run.Id}' of flow '{run.FlowId}' failed: {Reasons(run)}.")
        {
            ServiceCode = run.Errors.Count > 0 ? run.Errors[0].Code : null,
            IsPermanent = true,
            RecommendedAction = "Get-FlowRun tells more in Errors and Activities. Repeat the run with Restart-FlowRun when the cause is gone. Where every run of late fails, the key of the connection has often run out: Test-FlowConnection, Set-FlowConnection -Credential.",
        };

    /// <summary>What to warn of in a run that ended and left rows out.</summary>
    public static string Remark(FlowRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"Run '{run.Id}' of flow '{run.FlowId}' left out {run.FailedRecords:N0} rows, though the service says '{run.Status}': {Reasons(run)}. Get-FlowRun -RunId {run.Id} -RowError shows the rows, where the flow has error diagnostics.");

    private static string Reasons(FlowRun run)
    {
        if (run.Errors.Count == 0)
            return "the service gives no reason";
        string more = run.Errors.Count > MostTold ? string.Create(CultureInfo.InvariantCulture, $" and {run.Errors.Count - MostTold} more") : string.Empty;
        return string.Join("; ", run.Errors.Take(MostTold).Select(static error => error.ToString().TrimEnd('.'))) + more;
    }
}
