using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdxFlow.Http;

namespace AdxFlow.Adx;

/// <summary>
/// Mappings as the service writes them. It is written in the documented form; read is also what older ones look like, where all
/// stands in one object, the column may be called <c>Name</c>, and what is not set is null.
/// Source: <see href="https://learn.microsoft.com/kusto/management/mappings"/>.
/// </summary>
internal static class MappingJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<AdxColumnMapping> columns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            foreach (AdxColumnMapping column in columns)
                Write(json, column);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">It is no mapping.</exception>
    public static IReadOnlyList<AdxColumnMapping> Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new JsonException("A mapping is a list, in square brackets.");
        // An array, and not what a collection expression makes: PowerShell cannot index that.
        return document.RootElement.EnumerateArray().Select(ReadColumn).ToArray();
    }

    private static void Write(Utf8JsonWriter json, AdxColumnMapping column)
    {
        json.WriteStartObject();
        json.WriteString("Column", column.Column);
        if (column.Type is { } type)
            json.WriteString("DataType", AdxTypes.Name(type));
        json.WriteStartObject("Properties");
        if (column.Ordinal is { } ordinal)
            json.WriteString("Ordinal", ordinal.ToString(CultureInfo.InvariantCulture));
        WriteIfSet(json, "Path", column.Path);
        WriteIfSet(json, "Field", column.Field);
        WriteIfSet(json, "ConstValue", column.ConstValue);
        WriteIfSet(json, "Transform", column.TransformText);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static AdxColumnMapping ReadColumn(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonException("A column of a mapping is an object, in braces.");
        string? column = Text(element, "Column") ?? Text(element, "Name");
        if (string.IsNullOrEmpty(column))
            throw new JsonException("One of its elements names no column.");

        JsonElement source = Member(element, "Properties") is { ValueKind: JsonValueKind.Object } properties ? properties : element;
        string? ordinal = Text(source, "Ordinal");
        int place = 0;
        if (ordinal is not null && !int.TryParse(ordinal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out place))
            throw new JsonException($"'{ordinal}', of column '{column}', is no ordinal.");
        return new AdxColumnMapping
        {
            Column = column,
            Type = AdxTypes.TryParse(Text(element, "DataType"), out AdxType type) ? type : null,
            // Older mappings say -1 where they mean none.
            Ordinal = ordinal is null || place == -1 ? null : place,
            Path = Text(source, "Path"),
            Field = Text(source, "Field"),
            ConstValue = Text(source, "ConstValue"),
            TransformText = Text(source, "Transform") is { Length: > 0 } transform ? transform : null,
        };
    }

    private static string? Text(JsonElement element, string name) => Member(element, name) is { } member
        ? member.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => JsonText.Of(member),
            _ => member.GetRawText(),
        }
        : null;

    private static JsonElement? Member(JsonElement element, string name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (JsonText.IsNamed(property, name))
                return property.Value;
        }
        return null;
    }
}
