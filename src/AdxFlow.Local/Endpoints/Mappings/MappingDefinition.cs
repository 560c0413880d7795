using System.Globalization;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Ingestion;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>A mapping as it is written, whether it is stored under a name or goes with the data.</summary>
/// <remarks>Source: Microsoft Learn, "Ingestion mappings" and the page of each kind.</remarks>
internal sealed class MappingDefinition
{
    private MappingDefinition(MappingKind kind, IReadOnlyList<MappingElement> elements)
    {
        Kind = kind;
        Elements = elements;
    }

    public MappingKind Kind { get; }

    public IReadOnlyList<MappingElement> Elements { get; }

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="IngestionException">It is malformed, or says what a mapping of that kind cannot.</exception>
    public static MappingDefinition Parse(string json, MappingKind kind)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array) throw Invalid("it must be a JSON array");
            List<MappingElement> elements = [.. document.RootElement.EnumerateArray().Select(e => ReadElement(e, kind))];
            return elements.Count > 0 ? new MappingDefinition(kind, elements) : throw Invalid("it has no element");
        }
    }

    /// <summary>The mapping as the service shows it.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(LocalJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (MappingElement element in Elements)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("Properties");
            if (element.Path is not null) writer.WriteString("Path", element.Path);
            if (element.Ordinal >= 0) writer.WriteString("Ordinal", element.Ordinal.ToString(CultureInfo.InvariantCulture));
            if (element.Field is not null) writer.WriteString("Field", element.Field);
            if (element.Constant is not null) writer.WriteString("ConstValue", element.Constant);
            if (element.Transform != MappingTransform.None) writer.WriteString("Transform", element.Transform.ToString());
            writer.WriteEndObject();
            writer.WriteString("column", element.Column);
            writer.WriteString("datatype", element.DataType is { } type ? KustoTypes.Name(type) : "");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    private static MappingElement ReadElement(JsonElement json, MappingKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Invalid("an element must be an object");
        string name = Text(json, "Column") ?? Text(json, "Name") ?? throw Invalid("an element names no column");
        string? type = Text(json, "DataType");
        KustoType parsed = default;
        if (!string.IsNullOrEmpty(type) && !KustoTypes.TryParse(type, out parsed)) throw Invalid($"'{type}' (column '{name}') is not a scalar data type");

        // In the older form the properties stand beside the name.
        JsonElement source = Member(json, "Properties") is { ValueKind: JsonValueKind.Object } properties ? properties : json;
        string? path = kind is MappingKind.Csv or MappingKind.W3CLogFile ? null : Text(source, "Path");
        string? ordinal = kind == MappingKind.Csv ? Text(source, "Ordinal") : null;
        int field = -1;
        if (ordinal is not null && !int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out field)) throw Invalid($"'{ordinal}' is not an ordinal");
        var element = new MappingElement(name)
        {
            DataType = string.IsNullOrEmpty(type) ? null : parsed,
            Ordinal = field,
            Path = path,
            ParsedPath = path is null || !path.StartsWith('$') ? null : JsonPath.Parse(path) ?? throw Invalid($"'{path}' is not a JSON path"),
            Field = kind is MappingKind.Csv or MappingKind.Json ? null : Text(source, "Field"),
            Constant = Text(source, "ConstValue"),
            Transform = ReadTransform(Text(source, "Transform"), name, kind),
        };
        Check(element, kind);
        return element;
    }

    private static MappingTransform ReadTransform(string? text, string column, MappingKind kind)
    {
        if (string.IsNullOrEmpty(text)) return MappingTransform.None;
        if (char.IsDigit(text[0]) || !Enum.TryParse(text, ignoreCase: true, out MappingTransform transform))
            throw Invalid($"'{text}' (column '{column}') is not a transformation");
        bool available = transform switch
        {
            MappingTransform.PropertyBagArrayToDictionary or MappingTransform.DropMappedFields => kind is not (MappingKind.Csv or MappingKind.W3CLogFile),
            MappingTransform.BytesAsBase64 => kind == MappingKind.Avro,
            MappingTransform.None or MappingTransform.SourceLocation or MappingTransform.SourceLineNumber => true,
            _ => kind != MappingKind.W3CLogFile,
        };
        return available ? transform : throw Invalid($"the transformation '{transform}' (column '{column}') is not available for the kind {kind}");
    }

    private static void Check(MappingElement element, MappingKind kind)
    {
        bool fromSource = element.Transform is MappingTransform.SourceLocation or MappingTransform.SourceLineNumber;
        bool fromData = element.Ordinal >= 0 || element.Path is not null || element.Field is not null;
        if (kind == MappingKind.Csv && element.Ordinal >= 0 && (element.Constant is not null || element.Transform == MappingTransform.SourceLocation))
            throw Invalid($"the element of column '{element.Column}' has an Ordinal beside a constant or a SourceLocation");
        bool transformsData = !fromSource && element.Transform != MappingTransform.None;
        if (transformsData && !(kind == MappingKind.Csv ? element.Ordinal >= 0 : element.ParsedPath is not null || element.Field is not null))
            throw Invalid($"the transformation '{element.Transform}' of column '{element.Column}' has nothing to work on");
        if (!fromData && !fromSource && element.Constant is null)
            throw Invalid($"the element of column '{element.Column}' has no {(kind == MappingKind.Csv ? "Ordinal" : kind == MappingKind.W3CLogFile ? "Field" : "Path")}");
    }

    /// <summary>A text or a number; null where it is missing or null.</summary>
    private static string? Text(JsonElement json, string name) => Member(json, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String or JsonValueKind.Number } value => value.ToString(),
        _ => throw Invalid($"'{name}' must be a string"),
    };

    private static JsonElement? Member(JsonElement json, string name)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    private static IngestionException Invalid(string why) => new("BadRequest_InvalidMapping", "The ingestion mapping could not be parsed: " + why + ".");
}
