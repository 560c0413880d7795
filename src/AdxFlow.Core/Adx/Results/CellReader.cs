using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Reads one value of a result with its column's type, straight from the JSON.
/// The forms are those of <see href="https://learn.microsoft.com/kusto/api/rest/response"/> and of recorded answers:
/// older services write bool as 0 or 1, timespan as ticks, decimal as number.
/// </summary>
internal static class CellReader
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>Reads the value the reader stands on. False where it is not there in full.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, AdxType type, out object? value)
    {
        if (type == AdxType.Dynamic)
            return TryReadDynamic(ref reader, out value);

        value = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                // ADX has no null text, but old services write it.
                value = type == AdxType.String ? string.Empty : null;
                return true;
            case JsonTokenType.String:
                value = type == AdxType.String ? JsonStrings.Read(ref reader) : FromText(ref reader, type);
                return true;
            case JsonTokenType.Number:
                value = FromNumber(ref reader, type);
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                value = type switch
                {
                    AdxType.Bool => reader.TokenType == JsonTokenType.True ? True : False,
                    AdxType.String => reader.TokenType == JsonTokenType.True ? "true" : "false",
                    _ => throw Unfit(ref reader, type),
                };
                return true;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                // A status description comes as an object in a column of strings; its JSON is its text.
                if (!JsonValues.TryRead(ref reader, out object? nested))
                    return false;
                value = type == AdxType.String ? JsonValues.ToText(nested) : throw Unfit(ref reader, type);
                return true;
            default:
                throw Unfit(ref reader, type);
        }
    }

    /// <summary>
    /// A dynamic value comes as JSON, or as a text that holds JSON. Only a text that holds an object or an array is taken for the latter:
    /// whether <c>"123"</c> was text or number cannot be known, so it stays text.
    /// </summary>
    private static bool TryReadDynamic(ref Utf8JsonReader reader, out object? value)
    {
        if (reader.TokenType != JsonTokenType.String)
            return JsonValues.TryRead(ref reader, out value);

        string text = JsonStrings.Read(ref reader);
        value = LooksNested(text) && JsonValues.TryParse(Encoding.UTF8.GetBytes(text), out object? parsed) ? parsed : text;
        return true;
    }

    /// <summary>Reads a dynamic value as its JSON text, to the letter. The buffer is what the reader reads.</summary>
    public static bool TryReadJson(ref Utf8JsonReader reader, ReadOnlySpan<byte> buffer, out object? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType == JsonTokenType.String)
        {
            string text = JsonStrings.Read(ref reader);
            value = LooksNested(text) && JsonValues.TryParse(Encoding.UTF8.GetBytes(text), out _) ? text : JsonValues.ToText(text);
            return true;
        }

        int start = checked((int)reader.TokenStartIndex);
        if (!reader.TrySkip())
            return false;
        value = JsonStrings.Decode(buffer[start..checked((int)reader.BytesConsumed)]);
        return true;
    }

    private static bool LooksNested(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        return trimmed.Length >= 2 && ((trimmed[0] == '{' && trimmed[^1] == '}') || (trimmed[0] == '[' && trimmed[^1] == ']'));
    }

    private static object? FromNumber(ref Utf8JsonReader reader, AdxType type)
    {
        switch (type)
        {
            case AdxType.Long when reader.TryGetInt64(out long number):
                return number;
            case AdxType.Int when reader.TryGetInt32(out int number):
                return number;
            case AdxType.Real:
                return reader.GetDouble();
            case AdxType.Bool when reader.TryGetInt64(out long flag):
                return flag != 0 ? True : False;
            case AdxType.Decimal:
                return DecimalText.Read(Text(ref reader));
            case AdxType.TimeSpan when reader.TryGetInt64(out long ticks):
                return new TimeSpan(ticks);
            case AdxType.String:
                return Text(ref reader);
            default:
                throw Unfit(ref reader, type);
        }
    }

    private static object? FromText(ref Utf8JsonReader reader, AdxType type)
    {
        switch (type)
        {
            case AdxType.DateTime when reader.TryGetDateTime(out DateTime time):
                return time.Kind switch
                {
                    DateTimeKind.Local => time.ToUniversalTime(),
                    DateTimeKind.Unspecified => DateTime.SpecifyKind(time, DateTimeKind.Utc),
                    _ => time,
                };
            case AdxType.Guid when reader.TryGetGuid(out Guid id):
                return id;
            case AdxType.TimeSpan when !reader.HasValueSequence && !reader.ValueIsEscaped
                && Utf8Parser.TryParse(reader.ValueSpan, out TimeSpan span, out int used, 'c') && used == reader.ValueSpan.Length:
                return span;
        }

        string text = JsonStrings.Read(ref reader);
        // Some services write an absent value as an empty text.
        if (text.Length == 0)
            return null;

        switch (type)
        {
            case AdxType.Real:
                if (text is "NaN")
                    return double.NaN;
                if (text is "Infinity" or "+Infinity")
                    return double.PositiveInfinity;
                if (text is "-Infinity")
                    return double.NegativeInfinity;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real))
                    return real;
                break;
            case AdxType.Decimal:
                return DecimalText.Read(text);
            case AdxType.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole):
                return whole;
            case AdxType.Int when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole):
                return whole;
            case AdxType.Bool when bool.TryParse(text, out bool flag):
                return flag ? True : False;
            case AdxType.TimeSpan when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span):
                return span;
            case AdxType.DateTime when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time):
                return time;
            case AdxType.Guid when Guid.TryParse(text, out Guid id):
                return id;
        }

        throw Unfit(ref reader, type);
    }

    private static string Text(ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);

    private static JsonException Unfit(ref Utf8JsonReader reader, AdxType type)
    {
        string shown = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? Text(ref reader) : reader.TokenType.ToString();
        return new JsonException($"'{(shown.Length > 64 ? shown[..64] + "…" : shown)}' is not a value of the type {AdxTypes.Name(type)}.");
    }
}
