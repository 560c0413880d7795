using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>How data is to be ingested.</summary>
/// <remarks>Source: Microsoft Learn, "Data ingestion properties" and "Queued ingestion via REST API".</remarks>
internal sealed record IngestionProperties
{
    private static readonly string[] CommandProperties =
    [
        "format", "tags", "ingestIfNotExists", "ignoreFirstRecord", "ignoreLastRecordIfInvalid", "ingestionMapping", "ingestionMappingReference",
        "ingestionMappingType", "csvMapping", "csvMappingReference", "jsonMapping", "jsonMappingReference", "validationPolicy", "creationTime", "zipPattern",
        "treatGzAsUncompressed", "extend_schema", "recreate_schema",
    ];

    public DataFormat Format { get; init; }

    public bool EnableTracking { get; init; }

    /// <summary>True to ingest each blob by itself, without waiting for a batch.</summary>
    public bool SkipBatching { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> IngestIfNotExists { get; init; } = [];

    public bool DeleteAfterDownload { get; init; }

    public bool IgnoreFirstRecord { get; init; }

    /// <summary>True to leave out a last record that the end of the data cuts off, instead of failing.</summary>
    public bool IgnoreLastRecordIfInvalid { get; init; }

    /// <summary>A mapping as JSON text, or null.</summary>
    public string? Mapping { get; init; }

    /// <summary>The name of a mapping of the table, or null.</summary>
    public string? MappingReference { get; init; }

    /// <summary>True to refuse delimited data whose records differ in their number of fields: the validation policy asks
    /// for constant columns, and for failure. The default policy asks for best effort.</summary>
    public bool RequiresConstantColumns { get; init; }

    /// <summary>Which files of an archive are meant; null for all.</summary>
    public string? ZipPattern { get; init; }

    /// <summary>True where a name that ends in .gz does not mean compressed data.</summary>
    public bool TreatGzAsUncompressed { get; init; }

    /// <summary>The time from which on the data is to be kept, in UTC; null for now.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>True for queued ingestion, where a mapping adds the columns that the table lacks; commands and streaming
    /// leave the schema as it is.</summary>
    public bool MayAddColumns { get; init; }

    /// <summary>The most bytes that each source may hold, uncompressed; null for what is usual.</summary>
    public long? MostBytes { get; init; }

    /// <summary>Reads the properties of a queued ingestion request.</summary>
    /// <exception cref="ServiceException">A property is missing or malformed.</exception>
    public static IngestionProperties FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw PropertyReader.Malformed("properties", "it must be an object");
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in json.EnumerateObject())
            members.TryAdd(property.Name, property.Value);
        return Read(new JsonPropertyReader(members), null) with { MayAddColumns = true };
    }

    /// <summary>Reads the properties of an ingestion command: <c>with (format='csv', …)</c>.</summary>
    /// <param name="with">The properties.</param>
    /// <param name="address">The address of the data, whose ending may tell the format; empty for none.</param>
    /// <exception cref="ServiceException">A property is malformed, or one that the stand-in does not have.</exception>
    public static IngestionProperties FromCommand(IReadOnlyDictionary<string, string> with, string address)
    {
        foreach (string name in with.Keys)
        {
            if (!CommandProperties.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw ServiceException.NotSupported($"The local stand-in has no ingestion property '{name}' in a command.");
        }

        return FromText(with, address);
    }

    /// <summary>Reads properties that are all texts, as of ingestion messages; ones that are not known are passed over.</summary>
    /// <param name="texts">The properties, by case-insensitive names.</param>
    /// <param name="address">The address of the data, whose ending may tell the format; empty for none.</param>
    /// <exception cref="ServiceException">A property is malformed.</exception>
    public static IngestionProperties FromText(IReadOnlyDictionary<string, string> texts, string address) =>
        Read(new TextPropertyReader(texts), DataFormats.FromName(address));

    private static IngestionProperties Read(PropertyReader reader, DataFormat? otherwise)
    {
        foreach (string name in (string[])["extend_schema", "recreate_schema"])
        {
            if (reader.Flag(name)) throw ServiceException.NotSupported($"The local stand-in has the ingestion property '{name}' only in commands that ingest from a query.");
        }

        string? format = reader.Text("format");
        return new IngestionProperties
        {
            Format = string.IsNullOrEmpty(format) ? otherwise ?? throw PropertyReader.Malformed("format", "it is required") : DataFormats.Parse(format),
            EnableTracking = reader.Flag("enableTracking"),
            SkipBatching = reader.Flag("skipBatching"),
            Tags = reader.List("tags"),
            IngestIfNotExists = reader.List("ingestIfNotExists"),
            DeleteAfterDownload = reader.Flag("deleteAfterDownload"),
            IgnoreFirstRecord = reader.Flag("ignoreFirstRecord"),
            IgnoreLastRecordIfInvalid = reader.Flag("ignoreLastRecordIfInvalid"),
            Mapping = reader.Text("ingestionMapping") ?? reader.Text("csvMapping") ?? reader.Text("jsonMapping"),
            MappingReference = reader.Text("ingestionMappingReference") ?? reader.Text("csvMappingReference") ?? reader.Text("jsonMappingReference") ?? reader.Text("mappingReference"),
            RequiresConstantColumns = RequiresConstant(reader.Text("validationPolicy")),
            ZipPattern = reader.Text("zipPattern"),
            TreatGzAsUncompressed = reader.Flag("treatGzAsUncompressed"),
            CreationTime = Time("creationTime", reader.Text("creationTime")),
        };
    }

    private static bool RequiresConstant(string? policy)
    {
        if (string.IsNullOrWhiteSpace(policy)) return false;
        try
        {
            using JsonDocument json = JsonDocument.Parse(policy);
            string options = Option(json.RootElement, "ValidationOptions");
            string implications = Option(json.RootElement, "ValidationImplications");
            return options is ("1" or "ValidateCsvInputConstantColumns") && implications is ("0" or "Fail");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw PropertyReader.Malformed("validationPolicy", "it is not a JSON object");
        }
    }

    private static string Option(JsonElement policy, string name) =>
        policy.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static DateTime? Time(string name, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : throw PropertyReader.Malformed(name, "it is not a date and time in ISO 8601");
    }
}
