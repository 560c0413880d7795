namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Names of data formats.</summary>
/// <remarks>Source: Microsoft Learn, "Data formats supported for ingestion".</remarks>
internal static class DataFormats
{
    private static readonly string[] Elsewhere =
        ["tsve", "txt", "raw", "singlejson", "avro", "apacheavro", "parquet", "orc", "sstream", "w3clogfile", "azmonstream"];

    /// <summary>Reads the name of a format; names are case-insensitive.</summary>
    /// <exception cref="ServiceException">No such format, or one that only the service has.</exception>
    public static DataFormat Parse(string name)
    {
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && Enum.TryParse(name, ignoreCase: true, out DataFormat format)) return format;
        if (Elsewhere.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw ServiceException.NotSupported($"The local stand-in does not ingest the format '{name}'. It may be valid on a cluster. Here: csv, tsv, scsv, sohsv, psv, json, multijson.");
        throw ServiceException.BadRequest($"Format '{name}' is not supported.", "BadRequest_FormatNotSupported");
    }

    public static bool IsJson(DataFormat format) => format is DataFormat.Json or DataFormat.MultiJson;

    public static byte Delimiter(DataFormat format) => format switch
    {
        DataFormat.Tsv => (byte)'\t',
        DataFormat.Scsv => (byte)';',
        DataFormat.SohSv => 1,
        DataFormat.Psv => (byte)'|',
        _ => (byte)',',
    };
}
