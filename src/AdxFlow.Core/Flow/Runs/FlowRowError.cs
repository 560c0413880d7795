namespace AdxFlow;

/// <summary>
/// A row that a run left out, and why. The service keeps it for 30 days, for flows with error diagnostics.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/ingestion/quality/error-diagnostics"/>.
/// </summary>
public sealed class FlowRowError
{
    /// <summary>The run; null where the batch was asked for by itself.</summary>
    public string? RunId { get; init; }

    /// <summary>The batch that the row was to be part of.</summary>
    public required string BatchId { get; init; }

    /// <summary>The file of the batch's diagnostics that tells of it.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>The first code; empty where there is none.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>What was wrong; several things are joined by semicolons.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The row itself as JSON, or what could be read of it.</summary>
    public string Row { get; init; } = string.Empty;

    /// <summary>Code and message.</summary>
    /// <returns>For example <c>1401: Row is corrupted and cannot be read, please fix and resend.</c></returns>
    public override string ToString() => Code.Length == 0 ? Message : $"{Code}: {Message}";
}
