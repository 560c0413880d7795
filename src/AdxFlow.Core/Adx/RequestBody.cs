using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>The body of a query or command. Source: <see href="https://learn.microsoft.com/kusto/api/rest/request"/>.</summary>
internal sealed class RequestBody(string database, string text, string clientRequestId)
{
    private const int PieceLength = 8 * 1024;
    private const int LongestEscape = 6;
    private const int TypicalRest = 4 * 1024;

    /// <summary>The values of the query's parameters, as literals.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Writes it, with the options given; of two with the same name the later one holds.</summary>
    public ReadOnlyMemory<byte> Write(IEnumerable<KeyValuePair<string, object?>> options)
    {
        var all = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in options)
            all[name] = value;

        var body = new ArrayBufferWriter<byte>(text.Length + TypicalRest);
        body.Write("{\"db\":"u8);
        using (var writer = new Utf8JsonWriter(body))
            writer.WriteStringValue(database);
        body.Write(",\"csl\":\""u8);
        WriteEscaped(body);
        body.Write("\",\"properties\":"u8);
        using (var writer = new Utf8JsonWriter(body))
            WriteProperties(writer, all);
        body.Write("}"u8);
        return body.WrittenMemory;
    }

    /// <summary>
    /// Data sent inline makes a text of megabytes, for which a JSON writer would reserve six times as much to escape it, several
    /// times over. So it is escaped piece by piece, into the body at once.
    /// </summary>
    private void WriteEscaped(ArrayBufferWriter<byte> body)
    {
        char[] escaped = new char[Math.Min(text.Length, PieceLength) * LongestEscape];
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool isLast = rest.Length <= PieceLength;
            // Half a character at the end of a piece is left for the next one.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(isLast ? rest : rest[..PieceLength], escaped, out int consumed, out int written, isLast);
            Encoding.UTF8.GetBytes(escaped.AsSpan(0, written), body);
            rest = rest[consumed..];
        }
    }

    private void WriteProperties(Utf8JsonWriter writer, Dictionary<string, object?> options)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("Options");
        foreach ((string name, object? value) in options)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, name, value);
        }

        writer.WriteEndObject();
        if (Parameters is { Count: > 0 })
        {
            writer.WriteStartObject(nameof(Parameters));
            foreach ((string name, string literal) in Parameters)
                writer.WriteString(name, literal);
            writer.WriteEndObject();
        }

        writer.WriteString("ClientRequestId", clientRequestId);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                writer.WriteStringValue(Utc(time));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(Utc(time.UtcDateTime));
                break;
            case double number when !double.IsFinite(number):
                throw Unfit(name, value);
            case float number when !float.IsFinite(number):
                throw Unfit(name, value);
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case string word:
                writer.WriteStringValue(word);
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    writer.WritePropertyName(Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? string.Empty);
                    WriteValue(writer, name, member.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items)
                    WriteValue(writer, name, item);
                writer.WriteEndArray();
                break;
            case IFormattable formattable:
                writer.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw Unfit(name, value);
        }
    }

    private static string Utc(DateTime time) =>
        (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static AdxException Unfit(string name, object value) =>
        new("AdxInvalidOption", AdxErrorKind.InvalidArgument, $"A value of the type {value.GetType().Name} cannot be given as the option '{name}'.")
        {
            RecommendedAction = "Options are bool, whole numbers, text, timespan, datetime, or lists and dictionaries of these.",
        };
}
