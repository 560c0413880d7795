using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints;

/// <summary>How the stand-in reads JSON, and writes it: for machines, not inside of HTML, so that letters and quotes stay readable.</summary>
internal static class LocalJson
{
    public static JsonSerializerOptions Serializer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writer))
            write(writer);
        return buffer.ToArray();
    }

    public static string Text(Action<Utf8JsonWriter> write) => System.Text.Encoding.UTF8.GetString(Write(write));

    /// <summary>Makes sure that every text in a JSON document can be read: the parsers find out only when one is.</summary>
    /// <exception cref="JsonException">It is not JSON, or has a text that is no valid Unicode.</exception>
    public static void Demand(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) throw new JsonException("It is not valid UTF-8.");
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped) reader.GetString();
            }
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>Reads a row that was written here: its values may be nested as deeply as those of tables are.</summary>
    public static JsonNode ParseRow(ReadOnlySpan<byte> json) => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = DynamicValue.MaxDepth + 1 })!;

    /// <summary>Reads a JSON document whose texts can all be read, and whose objects have each name once.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static JsonNode? ParseNode(ReadOnlySpan<byte> json)
    {
        Demand(json);
        JsonNode? root = JsonNode.Parse(json);
        try
        {
            Touch(root);
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }

        return root;
    }

    // Names that occur twice show only when an object is looked into.
    private static void Touch(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? element in array)
                Touch(element);
        }
        else if (node is JsonObject members)
        {
            foreach ((_, JsonNode? value) in members)
                Touch(value);
        }
    }
}
