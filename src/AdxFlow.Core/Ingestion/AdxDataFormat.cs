namespace AdxFlow;

/// <summary>
/// The formats that ADX ingests. Files of the first eight are split and combined between records; the others go as they are,
/// one blob a file. Source: https://learn.microsoft.com/kusto/ingestion-supported-formats
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

    /// <summary>One string column, a line a record; empty lines are skipped.</summary>
    Txt,

    /// <summary>Values separated by tabs, in which a backslash escapes.</summary>
    Tsve,

    /// <summary>Values separated by the character U+0001, as Hive writes them.</summary>
    Sohsv,

    /// <summary>A JSON array of objects, or objects one after the other, each over any number of lines.</summary>
    MultiJson,

    /// <summary>One JSON value over any number of lines: one record.</summary>
    SingleJson,

    /// <summary>The whole file is one string.</summary>
    Raw,

    /// <summary>Avro.</summary>
    Avro,

    /// <summary>Avro, read by the reader that is based on the Apache library.</summary>
    ApacheAvro,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Apache ORC.</summary>
    Orc,

    /// <summary>The extended log file format of the W3C.</summary>
    W3CLogFile,
}
