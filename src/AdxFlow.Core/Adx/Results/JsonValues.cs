using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdxFlow.Adx;

/// <summary>Reads any JSON value as plain .NET objects: Dictionary, array, string, long, double, bool, null.</summary>
internal static class JsonValues
{
    private static readonly object True = true;
    private static readonly object False = false;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonPullReader.MaxDepth };

    private static readonly JsonSerializerOptions Writing = new()
    {
        MaxDepth = JsonPullReader.MaxDepth + 8,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A number that is too large for a double was read as infinite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Reads the value the reader stands on. False where it is not there in full.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.True:
                value = True;
                return true;
            case JsonTokenType.False:
                value = False;
                return true;
            case JsonTokenType.String:
                value = JsonStrings.Read(ref reader);
                return true;
            case JsonTokenType.Number:
                value = Number(ref reader);
                return true;
            case JsonTokenType.StartArray:
                return TryReadArray(ref reader, out value);
            case JsonTokenType.StartObject:
                return TryReadObject(ref reader, out value);
            default:
                throw new JsonException($"A value was expected, not {reader.TokenType}.");
        }
    }

    /// <summary>Reads a whole text as JSON; null where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out object? value)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, isFinalBlock: true, new JsonReaderState(Options));
            value = null;
            return reader.Read() && TryRead(ref reader, out value) && !reader.Read();
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>What was read, as a JSON value again.</summary>
    public static JsonElement ToElement(object? value) => JsonSerializer.SerializeToElement(value, Writing);

    /// <summary>What was read, as JSON text again.</summary>
    public static string ToText(object? value) => JsonSerializer.Serialize(value, Writing);

    private static object Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long whole))
            return whole;
        return reader.GetDouble();
    }

    private static bool TryReadArray(ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        var items = new List<object?>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                value = items.ToArray();
                return true;
            }

            if (!TryRead(ref reader, out object? item))
                return false;
            items.Add(item);
        }

        return false;
    }

    private static bool TryReadObject(ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                value = members;
                return true;
            }

            string name = JsonStrings.Read(ref reader);
            if (!reader.Read() || !TryRead(ref reader, out object? member))
                return false;
            members[name] = member;
        }

        return false;
    }
}
