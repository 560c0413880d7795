using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>How data is to be ingested.</summary>
/// <remarks>Source: Microsoft Learn, "Data ingestion properties" and "Queued ingestion via REST API".</remarks>
internal sealed record IngestionProperties
{
    public DataFormat Format { get; init; }

    public bool EnableTracking { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> IngestIfNotExists { get; init; } = [];

    public bool DeleteAfterDownload { get; init; }

    public bool IgnoreFirstRecord { get; init; }

    /// <summary>A mapping as JSON text, or null.</summary>
    public string? Mapping { get; init; }

    /// <summary>The name of a mapping of the table, or null.</summary>
    public string? MappingReference { get; init; }

    /// <summary>True to refuse delimited data whose records differ in their number of fields: the validation policy asks
    /// for constant columns, and for failure. The default policy asks for best effort.</summary>
    public bool RequiresConstantColumns { get; init; }

    /// <summary>Reads the properties of a queued ingestion request.</summary>
    /// <exception cref="ServiceException">A property is missing or malformed.</exception>
    public static IngestionProperties FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Malformed("properties", "it must be an object");
        var reader = new PropertyReader(json);
        return new IngestionProperties
        {
            Format = DataFormats.Parse(reader.Text("format") ?? throw Malformed("format", "it is required")),
            EnableTracking = reader.Flag("enableTracking"),
            Tags = reader.List("tags"),
            IngestIfNotExists = reader.List("ingestIfNotExists"),
            DeleteAfterDownload = reader.Flag("deleteAfterDownload"),
            IgnoreFirstRecord = reader.Flag("ignoreFirstRecord"),
            Mapping = reader.Text("ingestionMapping"),
            MappingReference = reader.Text("ingestionMappingReference"),
            RequiresConstantColumns = RequiresConstant(reader.Text("validationPolicy")),
        };
    }

    /// <summary>Reads the properties of an ingestion command: <c>with (format='csv', …)</c>.</summary>
    public static IngestionProperties FromCommand(IReadOnlyDictionary<string, string> with)
    {
        foreach (string name in with.Keys)
        {
            if (!CommandProperties.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw ServiceException.NotSupported($"The local stand-in has no ingestion property '{name}' in a command.");
        }

        return new IngestionProperties
        {
            Format = DataFormats.Parse(with.GetValueOrDefault("format", "csv")),
            Tags = TextList("tags", with.GetValueOrDefault("tags")),
            IngestIfNotExists = TextList("ingestIfNotExists", with.GetValueOrDefault("ingestIfNotExists")),
            IgnoreFirstRecord = with.GetValueOrDefault("ignoreFirstRecord", "false").Equals("true", StringComparison.OrdinalIgnoreCase),
            Mapping = with.GetValueOrDefault("ingestionMapping"),
            MappingReference = with.GetValueOrDefault("ingestionMappingReference"),
            RequiresConstantColumns = RequiresConstant(with.GetValueOrDefault("validationPolicy")),
        };
    }

    private static readonly string[] CommandProperties =
        ["format", "tags", "ingestIfNotExists", "ignoreFirstRecord", "ingestionMapping", "ingestionMappingReference", "validationPolicy", "creationTime"];

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
            throw Malformed("validationPolicy", "it is not a JSON object");
        }
    }

    private static string Option(JsonElement policy, string name) =>
        policy.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static string[] TextList(string name, string? json)
    {
        if (string.IsNullOrEmpty(json)) return [];
        try
        {
            return JsonSerializer.Deserialize<string[]>(json.Replace('\'', '"')) ?? [];
        }
        catch (JsonException)
        {
            throw Malformed(name, "it is not a JSON array of strings");
        }
    }

    private static ServiceException Malformed(string name, string why) =>
        ServiceException.BadRequest($"Ingestion property '{name}' is malformed: {why}.", "BadRequest_MalformedIngestionProperty");

    /// <summary>Reads members whatever the case of their names.</summary>
    private readonly struct PropertyReader(JsonElement json)
    {
        public string? Text(string name) => Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw Malformed(name, "it must be a string"),
        };

        public bool Flag(string name) => Find(name) switch
        {
            null or { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.True } => true,
            _ => throw Malformed(name, "it must be true or false"),
        };

        public IReadOnlyList<string> List(string name)
        {
            if (Find(name) is not { } list) return [];
            if (list.ValueKind != JsonValueKind.Array) throw Malformed(name, "it must be an array of strings");
            return [.. list.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString()! : throw Malformed(name, "it must be an array of strings"))];
        }

        private JsonElement? Find(string name)
        {
            foreach (JsonProperty property in json.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind != JsonValueKind.Null)
                    return property.Value;
            }

            return null;
        }
    }
}
