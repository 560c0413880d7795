using System.Globalization;

namespace AdxFlow;

/// <summary>Something that went wrong in a run, or with a flow.</summary>
public sealed class FlowRunError
{
    /// <summary>The code, such as <c>CONNECTOR-2001-500</c>; empty where there is none.</summary>
    public required string Code { get; init; }

    /// <summary>What went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>How many rows it concerns; null where that is not told.</summary>
    public long? RecordCount { get; init; }

    /// <summary>The step in which it happened; null for the run as a whole.</summary>
    public string? Activity { get; init; }

    /// <summary>Code and message.</summary>
    /// <returns>For example <c>MAPPER-3700-400: Mapper Transform Error (1 rows)</c>.</returns>
    public override string ToString() =>
        (Code.Length == 0 ? Message : $"{Code}: {Message}") + (RecordCount is { } count ? string.Create(CultureInfo.InvariantCulture, $" ({count} rows)") : string.Empty);
}
