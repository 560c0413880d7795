namespace AdxFlow.Ingestion.Transports;

/// <summary>How one streaming request ended.</summary>
/// <param name="Failure">Why it failed; null where the rows are in the table.</param>
/// <param name="RetryAfter">How long the service asks to be left alone; null where it does not say.</param>
/// <param name="UpdatePolicyFailure">Why an update policy failed though the rows are in the table; null where none did.</param>
internal readonly record struct StreamingAnswer(AdxException? Failure, TimeSpan? RetryAfter, string? UpdatePolicyFailure)
{
    /// <summary>True where nobody can say whether the rows are in the table: the request was sent, and its answer did not come.</summary>
    public bool IsAmbiguous => Failure is { IsPermanent: false, Kind: not AdxErrorKind.Throttled } && Failure.StatusCode is null or >= 500;
}
