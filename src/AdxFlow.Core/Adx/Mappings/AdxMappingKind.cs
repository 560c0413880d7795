namespace AdxFlow;

/// <summary>The sort of data a mapping is for. Source: <see href="https://learn.microsoft.com/kusto/management/mappings"/>.</summary>
public enum AdxMappingKind
{
    /// <summary>A kind this version does not know; its text is in <see cref="AdxMapping.KindText"/>. It cannot be given.</summary>
    Other,

    /// <summary>Delimited text: csv, tsv, tsve, psv, scsv, sohsv, txt and raw. Columns come from ordinals.</summary>
    Csv,

    /// <summary>JSON and JSON Lines. Columns come from paths.</summary>
    Json,

    /// <summary>Avro and ApacheAvro. Columns come from fields or paths.</summary>
    Avro,

    /// <summary>Parquet. Columns come from fields or paths.</summary>
    Parquet,

    /// <summary>ORC. Columns come from fields or paths.</summary>
    Orc,

    /// <summary>Logs in the W3C extended form, such as those of IIS. Columns come from fields.</summary>
    W3CLogFile,
}
