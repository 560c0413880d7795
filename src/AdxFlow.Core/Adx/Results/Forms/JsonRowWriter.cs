using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Writes a row as a JSON object in one line. Every value is exact: numbers to the last digit, decimal as text, as the service itself writes it,
/// datetime in UTC, real NaN and infinities as text. The rows come from a reader with <see cref="AdxRequestOptions.DynamicAsJson"/>.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The writer writes to memory of its own, and holds nothing else.")]
internal sealed class JsonRowWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText[] _names;
    private readonly bool[] _dynamic;

    public JsonRowWriter(IReadOnlyList<AdxResultColumn> columns, IReadOnlyList<string> names)
    {
        _writer = new Utf8JsonWriter(_buffer, Options);
        // Half of a character in a name becomes U+FFFD, as it does in a value.
        _names = [.. names.Select(static name => JsonEncodedText.Encode(Encoding.UTF8.GetBytes(name), JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        _dynamic = [.. columns.Select(static column => column.Type == AdxType.Dynamic)];
    }

    public string Write(object?[] row)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        for (int i = 0; i < _names.Length; i++)
        {
            _writer.WritePropertyName(_names[i]);
            if (_dynamic[i] && row[i] is string json)
                WriteDynamic(json);
            else
                WriteScalar(row[i]);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    /// <summary>The service's own JSON, to the letter but for line breaks between its values, as a row is a line; inside of texts there are none.</summary>
    private void WriteDynamic(string json)
    {
        if (json.AsSpan().ContainsAny('\n', '\r'))
            json = json.Replace('\n', ' ').Replace('\r', ' ');
        _writer.WriteRawValue(json, skipInputValidation: true);
    }

    private void WriteScalar(object? value)
    {
        switch (value)
        {
            case null:
                _writer.WriteNullValue();
                break;
            case string text:
                _writer.WriteStringValue(text);
                break;
            case long number:
                _writer.WriteNumberValue(number);
                break;
            case int number:
                _writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                _writer.WriteNumberValue(number);
                break;
            case bool flag:
                _writer.WriteBooleanValue(flag);
                break;
            case DateTime time:
                _writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                _writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case double.NaN:
                _writer.WriteStringValue("NaN"u8);
                break;
            case double infinite:
                _writer.WriteStringValue(infinite > 0 ? "Infinity"u8 : "-Infinity"u8);
                break;
            case IFormattable other:
                _writer.WriteStringValue(other.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                _writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
