using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Ingestion.Rows;

/// <summary>Strings, ids and dynamic values as CSV fields, quoted where RFC 4180 asks for it.</summary>
internal static class TextCells
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool String(object value, Utf8Buffer buffer)
    {
        switch (value)
        {
            case string text:
                Field(text, buffer);
                return true;
            case bool b:
                // The word that ADX itself writes, not .NET's "True".
                buffer.Append(b ? "true"u8 : "false"u8);
                return true;
            case DateTime or DateTimeOffset or DateOnly:
                return TimeCells.DateTime(value, buffer);
            case TimeOnly:
                // Its own general form has no seconds.
                return TimeCells.TimeSpan(value, buffer);
            case IFormattable formattable:
                Field(formattable.ToString(null, CultureInfo.InvariantCulture), buffer);
                return true;
            default:
                Field(value.ToString(), buffer);
                return true;
        }
    }

    public static bool Guid(object value, Utf8Buffer buffer)
    {
        System.Guid guid;
        if (value is System.Guid known)
            guid = known;
        else if (value is not string text || !System.Guid.TryParse(text, out guid))
            return false;
        Utf8Formatter.TryFormat(guid, buffer.Room(36), out int written);
        buffer.Length += written;
        return true;
    }

    /// <summary>
    /// A string that holds a JSON object or array is taken for that, as people hand over what <c>ConvertTo-Json</c> gave them;
    /// every other string stays a string, also when it looks like a number.
    /// </summary>
    public static bool Dynamic(object value, Utf8Buffer buffer)
    {
        Field(value switch
        {
            JsonText json => json.Text,
            string text when IsObjectOrArray(text) => text,
            double number when !double.IsFinite(number) => Quote(number.ToString(CultureInfo.InvariantCulture)),
            float number when !float.IsFinite(number) => Quote(number.ToString(CultureInfo.InvariantCulture)),
            bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
                JsonSerializer.Serialize(value),
            BigInteger number => number.ToString(CultureInfo.InvariantCulture),
            DateTime { Kind: DateTimeKind.Local } time => Time(time.ToUniversalTime()),
            DateTime time => Time(time),
            DateTimeOffset time => Time(time.UtcDateTime),
            DateOnly date => Time(date.ToDateTime(TimeOnly.MinValue)),
            TimeOnly time => Quote(time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture)),
            IFormattable formattable => Quote(formattable.ToString(null, CultureInfo.InvariantCulture)),
            _ => Quote(value.ToString() ?? ""),
        }, buffer);
        return true;
    }

    private static string Time(DateTime utc) => Quote(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture));

    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static bool IsObjectOrArray(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] is not ('{' or '['))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Field(ReadOnlySpan<char> text, Utf8Buffer buffer)
    {
        if (text.IndexOfAny(NeedQuotes) < 0)
        {
            buffer.Append(text);
            return;
        }
        buffer.Append((byte)'"');
        for (int quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            buffer.Append(text[..(quote + 1)]);
            buffer.Append((byte)'"');
            text = text[(quote + 1)..];
        }
        buffer.Append(text);
        buffer.Append((byte)'"');
    }
}
