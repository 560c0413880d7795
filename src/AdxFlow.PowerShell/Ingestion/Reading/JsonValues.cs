using System.Buffers;
using System.Collections;
using System.Data.SqlTypes;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Writes nested PowerShell and .NET values as JSON, to their full depth, on the thread that may read them.</summary>
internal static class JsonValues
{
    // Deeper than data is; a live object that reaches itself again ends here instead of never.
    private const int DeepestLevel = 64;
    private const int DeepestLiveLevel = 4;
    // An object that reaches itself by two ways would come here as often as 2 to the 64th.
    private const int MostAtDeepest = 1000;
    // More than a dynamic column can be allowed to hold.
    private const int MostBytes = 32 * 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DeepestLevel + 8, SkipValidation = true };

    public static JsonText Encode(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            int atDeepest = 0;
            Write(json, value, 0, 0, ref atDeepest);
        }
        return new JsonText(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, object? value, int level, int liveLevel, ref int atDeepest)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (WriteScalar(json, plain))
            return;
        if (plain is SecureString or PSCredential or ScriptBlock)
            throw SendErrors.NoValue(plain.GetType());
        if (json.BytesCommitted + json.BytesPending > MostBytes)
            throw SendErrors.ValueTooLarge(MostBytes);
        if (level >= DeepestLevel)
        {
            if (++atDeepest > MostAtDeepest)
                throw SendErrors.ValueTooDeep(DeepestLevel);
            json.WriteStringValue(plain!.ToString());
            return;
        }
        if (JsonDocuments.Text(plain!) is { } text)
        {
            json.WriteRawValue(text, skipInputValidation: true);
            return;
        }
        switch (plain)
        {
            case IDictionary dictionary:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary)
                {
                    json.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "");
                    Write(json, entry.Value, level + 1, liveLevel, ref atDeepest);
                }
                json.WriteEndObject();
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.WriteStartObject();
                foreach ((string name, object? member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member, level + 1, liveLevel, ref atDeepest);
                }
                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                    Write(json, item, level + 1, liveLevel, ref atDeepest);
                json.WriteEndArray();
                break;
            case PSObject data:
                WriteProperties(json, data, level, liveLevel, ref atDeepest);
                break;
            default:
                // A live object leads on to others without end; data does not.
                if (liveLevel >= DeepestLiveLevel)
                    json.WriteStringValue(plain!.ToString());
                else
                    WriteProperties(json, PSObject.AsPSObject(plain!), level, liveLevel + 1, ref atDeepest);
                break;
        }
    }

    private static void WriteProperties(Utf8JsonWriter json, PSObject data, int level, int liveLevel, ref int atDeepest)
    {
        json.WriteStartObject();
        foreach (PSPropertyInfo property in data.Properties)
        {
            object? value;
            try
            {
                value = property.IsGettable ? property.Value : null;
            }
            catch (GetValueException)
            {
                // What cannot be read has no value.
                value = null;
            }
            json.WritePropertyName(property.Name);
            Write(json, value, level + 1, liveLevel, ref atDeepest);
        }
        json.WriteEndObject();
    }

    private static bool WriteScalar(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                json.WriteNullValue();
                return true;
            case INullable sql:
                return WriteScalar(json, SqlValues.Plain(sql));
            case string text:
                json.WriteStringValue(text);
                return true;
            case bool b:
                json.WriteBooleanValue(b);
                return true;
            case Enum or char or Uri or Version or System.Net.IPAddress or Type:
                json.WriteStringValue(value.ToString());
                return true;
            case sbyte or byte or short or ushort or int or uint or long or nint:
                json.WriteNumberValue(Convert.ToInt64(value is nint native ? (long)native : value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                json.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case decimal number:
                json.WriteNumberValue(number);
                return true;
            case BigInteger number:
                json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                return true;
            case double or float:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case DateTime time:
                DateTime utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
                json.WriteStringValue(utc.ToString("O", CultureInfo.InvariantCulture));
                return true;
            case DateTimeOffset time:
                json.WriteStringValue(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                return true;
            case TimeSpan span:
                json.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                return true;
            case Guid id:
                json.WriteStringValue(id);
                return true;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                return true;
            default:
                return false;
        }
    }
}
