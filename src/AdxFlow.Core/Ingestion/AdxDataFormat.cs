namespace AdxFlow;

/// <summary>
/// The text formats that can be split into records on this side.
/// Source: https://learn.microsoft.com/kusto/ingestion-supported-formats
/// </summary>
public enum AdxDataFormat
{
    /// <summary>Values separated by commas, quoted as in RFC 4180.</summary>
    Csv,

    /// <summary>Values separated by tabs.</summary>
    Tsv,

    /// <summary>Values separated by vertical bars.</summary>
    Psv,

    /// <summary>Values separated by semicolons.</summary>
    Scsv,

    /// <summary>One JSON object a line (JSON Lines).</summary>
    Json,

    /// <summary>One string column, a line a record.</summary>
    Txt,
}
