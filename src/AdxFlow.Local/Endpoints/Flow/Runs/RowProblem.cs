namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Why a record does not arrive, in the words of a run.</summary>
/// <remarks>Sources: Experience League, "Monitor dataflows using the Flow Service API" and "Partial batch ingestion".</remarks>
internal static class RowProblem
{
    /// <summary>A value does not fit its field.</summary>
    public static RunError NotConverted { get; } = new("MAPPER-3700-400", "Mapper Transform Error");

    /// <summary>A field that each record must have gets nothing.</summary>
    public static RunError RequiredMissing { get; } = new("INGEST-1555-400", "A required field is either missing or has a value of null. Add the required field to the input row and try again.");

    /// <summary>All that is told where nobody asked for diagnostics.</summary>
    public static RunError NotDiagnosed { get; } = new(
        "INGEST-1211-400", "Encountered errors while parsing, converting or otherwise validating the data. Please resend the data with error diagnostics enabled to collect additional information on failure types");

    public static IReadOnlyList<RunError> All { get; } = [NotConverted, RequiredMissing];
}
