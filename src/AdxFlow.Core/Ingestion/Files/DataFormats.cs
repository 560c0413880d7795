namespace AdxFlow.Ingestion.Files;

/// <summary>What the formats look like, and which one a file name stands for.</summary>
internal static class DataFormats
{
    private static readonly Dictionary<string, AdxDataFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = AdxDataFormat.Csv,
        [".tsv"] = AdxDataFormat.Tsv,
        [".tab"] = AdxDataFormat.Tsv,
        [".psv"] = AdxDataFormat.Psv,
        [".scsv"] = AdxDataFormat.Scsv,
        [".tsve"] = AdxDataFormat.Tsve,
        [".sohsv"] = AdxDataFormat.Sohsv,
        [".json"] = AdxDataFormat.Json,
        [".jsonl"] = AdxDataFormat.Json,
        [".ndjson"] = AdxDataFormat.Json,
        [".multijson"] = AdxDataFormat.MultiJson,
        [".singlejson"] = AdxDataFormat.SingleJson,
        [".txt"] = AdxDataFormat.Txt,
        [".log"] = AdxDataFormat.Txt,
        [".raw"] = AdxDataFormat.Raw,
        [".avro"] = AdxDataFormat.Avro,
        [".apacheavro"] = AdxDataFormat.ApacheAvro,
        [".parquet"] = AdxDataFormat.Parquet,
        [".orc"] = AdxDataFormat.Orc,
        [".w3clogfile"] = AdxDataFormat.W3CLogFile,
    };

    /// <summary>What the name says of the packing.</summary>
    public static Packing PackingFromName(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".GZ" => Packing.Gzip,
        ".ZIP" => Packing.Zip,
        _ => Packing.None,
    };

    /// <summary>The format that the name stands for, a <c>.gz</c> or <c>.zip</c> behind it not counted; null for a name that says nothing.</summary>
    public static AdxDataFormat? FromName(string path)
    {
        string name = PackingFromName(path) == Packing.None ? path : Path.GetFileNameWithoutExtension(path);
        return ByExtension.TryGetValue(Path.GetExtension(name), out AdxDataFormat format) ? format : null;
    }

    /// <summary>The name of a blob's kind: the service tells compression, and where it can the format, by it.</summary>
    public static string Extension(AdxDataFormat format, Packing packing) => "." + format.ToString().ToLowerInvariant() + packing switch
    {
        Packing.Gzip => ".gz",
        Packing.Zip => ".zip",
        _ => "",
    };

    public static FormatForm Form(AdxDataFormat format) => format switch
    {
        AdxDataFormat.MultiJson or AdxDataFormat.SingleJson or AdxDataFormat.Raw => FormatForm.Document,
        AdxDataFormat.Avro or AdxDataFormat.ApacheAvro or AdxDataFormat.Parquet or AdxDataFormat.Orc or AdxDataFormat.W3CLogFile => FormatForm.Binary,
        _ => FormatForm.Records,
    };

    /// <summary>Rows of a file that counts as a whole: one where it is one value, else 0, as only the service can count them.</summary>
    public static long RowsOfWhole(AdxDataFormat format) => format is AdxDataFormat.Raw or AdxDataFormat.SingleJson ? 1 : 0;

    /// <summary>The byte between two fields that may be quoted; null for formats whose records are lines.</summary>
    public static byte? Delimiter(AdxDataFormat format) => format switch
    {
        AdxDataFormat.Csv => (byte)',',
        AdxDataFormat.Tsv => (byte)'\t',
        AdxDataFormat.Psv => (byte)'|',
        AdxDataFormat.Scsv => (byte)';',
        AdxDataFormat.Sohsv => 1,
        _ => null,
    };
}
