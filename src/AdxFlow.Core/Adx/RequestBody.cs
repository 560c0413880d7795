using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Writes the body of a query or command. Source: <see href="https://learn.microsoft.com/kusto/api/rest/request"/>.</summary>
internal static class RequestBody
{
    public static byte[] Write(string database, string text, AdxRequestOptions? options, IReadOnlyDictionary<string, object?> defaults, string clientRequestId)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("db", database);
            writer.WriteString("csl", text);
            writer.WriteStartObject("properties");
            WriteOptions(writer, options, defaults);
            if (options?.Parameters is { Count: > 0 } parameters)
            {
                writer.WriteStartObject("Parameters");
                foreach ((string name, object? value) in parameters)
                    writer.WriteString(name, Kql.Literal(value));
                writer.WriteEndObject();
            }

            writer.WriteString("ClientRequestId", clientRequestId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteOptions(Utf8JsonWriter writer, AdxRequestOptions? options, IReadOnlyDictionary<string, object?> defaults)
    {
        var all = new Dictionary<string, object?>(defaults, StringComparer.OrdinalIgnoreCase);
        if (options?.Timeout == Timeout.InfiniteTimeSpan)
            all["norequesttimeout"] = true;
        else if (options?.Timeout is { } timeout)
            all["servertimeout"] = timeout;
        foreach ((string name, object? value) in options?.Options ?? new Dictionary<string, object?>())
            all[name] = value;

        writer.WriteStartObject("Options");
        foreach ((string name, object? value) in all)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
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
                writer.WriteStringValue((time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
                break;
            case int or long or short or byte or uint or double or float or decimal:
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
            case IFormattable formattable:
                writer.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
