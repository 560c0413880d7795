using System.Globalization;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Where the value of each mapped column comes from.</summary>
/// <remarks>Source: Microsoft Learn, "Data mappings", "CSV mapping", "JSON mapping".</remarks>
internal sealed class IngestionMapping
{
    private IngestionMapping(IReadOnlyList<Element> elements) => Elements = elements;

    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Reads a mapping for the columns of a table.</summary>
    /// <exception cref="IngestionException">It is malformed, or does not fit the table.</exception>
    public static IngestionMapping Parse(string json, IReadOnlyList<Column> columns, bool isJson)
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
            var elements = new List<Element>();
            foreach (JsonElement element in document.RootElement.EnumerateArray())
                elements.Add(ParseElement(element, columns, isJson));
            if (elements.Count == 0) throw Invalid("it has no element");
            return new IngestionMapping(elements);
        }
    }

    private static Element ParseElement(JsonElement element, IReadOnlyList<Column> columns, bool isJson)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Invalid("an element must be an object");
        string name = Member(element, "Column") ?? Member(element, "Name") ?? throw Invalid("an element names no column");
        int column = columns.ToList().FindIndex(c => c.Name == name);
        if (column < 0) throw new IngestionException("BadRequest_InconsistentMapping", $"The mapping names column '{name}', which the table does not have.");
        JsonElement source = Object(element, "Properties") ?? element;
        if (Member(source, "Transform") is { Length: > 0 } transform && transform != "None")
            throw new IngestionException("LocalStandIn_NotSupported", $"The local stand-in has no mapping transformation '{transform}' (column '{name}'). It may be valid on a cluster.");
        if (Member(source, "ConstValue") is { } constant) return new Element(column, -1, null, Encoding.UTF8.GetBytes(constant));
        if (isJson)
        {
            string path = Member(source, "Path") ?? throw Invalid($"the element of column '{name}' has no Path");
            return path.StartsWith('$')
                ? new Element(column, -1, JsonPath.Parse(path) ?? throw Invalid($"'{path}' is not a JSON path"), null)
                : new Element(column, -1, null, Encoding.UTF8.GetBytes(path));
        }

        string ordinal = Member(source, "Ordinal") ?? throw Invalid($"the element of column '{name}' has no Ordinal");
        return int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out int field)
            ? new Element(column, field, null, null)
            : throw Invalid($"'{ordinal}' is not an ordinal");
    }

    private static string? Member(JsonElement json, string name)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind is (JsonValueKind.String or JsonValueKind.Number))
                return property.Value.ToString();
        }

        return null;
    }

    private static JsonElement? Object(JsonElement json, string name)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Object)
                return property.Value;
        }

        return null;
    }

    private static IngestionException Invalid(string why) => new("BadRequest_InvalidMapping", "The ingestion mapping could not be parsed: " + why + ".");

    /// <summary>The source of one column: a field by ordinal, a place in a JSON document, or a constant.</summary>
    internal sealed record Element(int Column, int Ordinal, JsonPath? Path, byte[]? Constant);
}
