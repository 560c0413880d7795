namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Names of data formats.</summary>
/// <remarks>Source: Microsoft Learn, "Data formats supported for ingestion".</remarks>
internal static class DataFormats
{
    private static readonly string[] Elsewhere = ["avro", "apacheavro", "parquet", "orc", "sstream", "w3clogfile", "azmonstream"];

    // The formats that the page of the streaming request names, but for Avro.
    private static readonly DataFormat[] Streamed =
        [DataFormat.Csv, DataFormat.Tsv, DataFormat.Scsv, DataFormat.SohSv, DataFormat.Psv, DataFormat.Json, DataFormat.MultiJson];

    /// <summary>Reads the name of a format; names are case-insensitive.</summary>
    /// <exception cref="ServiceException">No such format, or one that only the service has.</exception>
    public static DataFormat Parse(string name)
    {
        if (TryParse(name, out DataFormat format)) return format;
        const string Code = "BadRequest_FormatNotSupported";
        throw Elsewhere.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ServiceException.BadRequest($"The local stand-in does not ingest the format '{name}'. It may be valid on a cluster. Here: {string.Join(", ", Enum.GetNames<DataFormat>()).ToLowerInvariant()}.", Code)
            : ServiceException.BadRequest($"Format '{name}' is not supported.", Code);
    }

    /// <summary>The format that the ending of an address tells, below one for compression; csv where it tells none.</summary>
    /// <exception cref="ServiceException">It tells one that only the service has.</exception>
    public static DataFormat FromName(string address)
    {
        string name = address;
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) name = name[..name.LastIndexOf('.')];
        string ending = Path.GetExtension(name).TrimStart('.');
        if (Elsewhere.Contains(ending, StringComparer.OrdinalIgnoreCase)) return Parse(ending);
        return TryParse(ending, out DataFormat format) ? format : DataFormat.Csv;
    }

    public static bool IsJson(DataFormat format) => format is DataFormat.Json or DataFormat.MultiJson or DataFormat.SingleJson;

    /// <summary>True for the formats that streaming ingestion takes.</summary>
    public static bool IsStreamed(DataFormat format) => Streamed.Contains(format);

    public static byte Delimiter(DataFormat format) => format switch
    {
        DataFormat.Tsv or DataFormat.Tsve => (byte)'\t',
        DataFormat.Scsv => (byte)';',
        DataFormat.SohSv => 1,
        DataFormat.Psv => (byte)'|',
        _ => (byte)',',
    };

    private static bool TryParse(string name, out DataFormat format)
    {
        format = default;
        return name.Length > 0 && char.IsAsciiLetter(name[0]) && !name.Contains(',', StringComparison.Ordinal) && Enum.TryParse(name, ignoreCase: true, out format);
    }
}
