namespace AdxFlow.Ingestion.Files;

/// <summary>What the text formats look like, and which one a file name stands for.</summary>
internal static class DataFormats
{
    private static readonly Dictionary<string, AdxDataFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = AdxDataFormat.Csv,
        [".tsv"] = AdxDataFormat.Tsv,
        [".tab"] = AdxDataFormat.Tsv,
        [".psv"] = AdxDataFormat.Psv,
        [".scsv"] = AdxDataFormat.Scsv,
        [".json"] = AdxDataFormat.Json,
        [".jsonl"] = AdxDataFormat.Json,
        [".ndjson"] = AdxDataFormat.Json,
        [".txt"] = AdxDataFormat.Txt,
        [".log"] = AdxDataFormat.Txt,
    };

    public static bool IsGzip(string path) => Path.GetExtension(path).Equals(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The format that the name stands for, a <c>.gz</c> behind it not counted; null for a name that says nothing.</summary>
    public static AdxDataFormat? FromName(string path)
    {
        string name = IsGzip(path) ? Path.GetFileNameWithoutExtension(path) : path;
        return ByExtension.TryGetValue(Path.GetExtension(name), out AdxDataFormat format) ? format : null;
    }

    /// <summary>The byte between two fields; null for formats whose records are lines.</summary>
    public static byte? Delimiter(AdxDataFormat format) => format switch
    {
        AdxDataFormat.Csv => (byte)',',
        AdxDataFormat.Tsv => (byte)'\t',
        AdxDataFormat.Psv => (byte)'|',
        AdxDataFormat.Scsv => (byte)';',
        _ => null,
    };
}
