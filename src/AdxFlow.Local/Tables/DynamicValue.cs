using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>
/// A value of type dynamic. What was ingested stays JSON text until somebody looks inside, because most rows of a
/// large table are never looked into; looking never changes it, so it can be shared between threads.
/// </summary>
internal sealed class DynamicValue
{
    /// <summary>The deepest nesting that is taken for JSON; deeper text stays text.</summary>
    public const int MaxDepth = 128;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth * 2 };

    private readonly byte[]? _json;
    private readonly DynamicKind _kind;
    private readonly object? _value;

    private DynamicValue(byte[] json) => _json = json;

    private DynamicValue(DynamicKind kind, object? value)
    {
        _kind = kind;
        _value = value;
    }

    /// <summary>A JSON null inside an array or an object. A whole value that is null is a null row instead.</summary>
    public static DynamicValue Null { get; } = new(DynamicKind.Null, null);

    public static DynamicValue Of(bool value) => new(DynamicKind.Bool, value);

    public static DynamicValue Of(long value) => new(DynamicKind.Long, value);

    public static DynamicValue Of(double value) => new(DynamicKind.Real, value);

    public static DynamicValue Of(KustoDecimal value) => new(DynamicKind.Decimal, value);

    public static DynamicValue Of(Guid value) => new(DynamicKind.Guid, value);

    public static DynamicValue Of(string value) => new(DynamicKind.String, value);

    public static DynamicValue OfDateTime(long ticks) => new(DynamicKind.DateTime, ticks);

    public static DynamicValue OfTimeSpan(long ticks) => new(DynamicKind.TimeSpan, ticks);

    public static DynamicValue Of(IReadOnlyList<DynamicValue> items)
    {
        long weight = 1;
        foreach (DynamicValue item in items)
            weight += item.Weight;
        return new DynamicValue(DynamicKind.Array, items) { Weight = weight };
    }

    /// <summary>A property bag; the dictionary is kept.</summary>
    public static DynamicValue Of(Dictionary<string, DynamicValue> properties)
    {
        long weight = 1;
        foreach (DynamicValue item in properties.Values)
            weight += item.Weight;
        return new DynamicValue(DynamicKind.Object, properties) { Weight = weight };
    }

    /// <summary>About how many values there are in it, counted as often as they stand in it: a query can put one value into
    /// another many times over without any memory, but nobody could write that out.</summary>
    public long Weight { get; private init; } = 1;

    /// <summary>A value that is to be parsed when somebody looks inside; the text must be valid JSON of an array or an object.</summary>
    public static DynamicValue OfJson(byte[] json) => new(json);

    /// <summary>The JSON text of a value that was ingested as such; null for one that a query made.</summary>
    public byte[]? Json => _json;

    public DynamicKind Kind => _json is null ? _kind : Parse()._kind;

    /// <summary>The CLR value: bool, long (also ticks), double, <see cref="KustoDecimal"/>, Guid, string, a list, a dictionary, or null.</summary>
    public object? Value => _json is null ? _value : Parse()._value;

    /// <summary>The same value with its outermost level parsed; call it once before several looks.</summary>
    public DynamicValue Parse()
    {
        if (_json is null) return this;
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return Read(ref reader);
    }

    /// <summary>The elements of an array, or null where this is none.</summary>
    public IReadOnlyList<DynamicValue>? AsArray() => Value as IReadOnlyList<DynamicValue>;

    /// <summary>The properties of a bag, or null where this is none.</summary>
    public Dictionary<string, DynamicValue>? AsObject() => Value as Dictionary<string, DynamicValue>;

    /// <summary>Takes UTF-8 text that holds exactly one JSON value. False where it does not; null (and true) for a JSON null.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DynamicValue? value)
    {
        value = null;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read()) return false;
            value = FromReader(ref reader);
            return !reader.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with a broken surrogate or invalid UTF-8 inside.
            value = null;
            return false;
        }
    }

    /// <summary>Takes the value at which the reader stands; afterwards the reader is at its last token.</summary>
    public static DynamicValue? FromReader(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            return Read(ref reader);

        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            document.RootElement.WriteTo(writer);
        return new DynamicValue(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Writes the value as JSON; what JSON cannot hold (datetime and the like) becomes a string.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        if (_json is not null)
        {
            writer.WriteRawValue(_json, skipInputValidation: true);
            return;
        }

        switch (_kind)
        {
            case DynamicKind.Null: writer.WriteNullValue(); break;
            case DynamicKind.Bool: writer.WriteBooleanValue((bool)_value!); break;
            case DynamicKind.Long: writer.WriteNumberValue((long)_value!); break;
            case DynamicKind.Real: KustoFormat.WriteReal(writer, (double)_value!); break;
            case DynamicKind.Decimal: KustoFormat.WriteDecimal(writer, (KustoDecimal)_value!); break;
            case DynamicKind.Guid: writer.WriteStringValue((Guid)_value!); break;
            case DynamicKind.String: writer.WriteStringValue((string)_value!); break;
            case DynamicKind.DateTime: writer.WriteStringValue(KustoFormat.DateTime((long)_value!)); break;
            case DynamicKind.TimeSpan: KustoFormat.WriteTimeSpan(writer, (long)_value!); break;
            case DynamicKind.Array:
                writer.WriteStartArray();
                foreach (DynamicValue item in (IReadOnlyList<DynamicValue>)_value!)
                    item.WriteJson(writer);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach ((string name, DynamicValue item) in (Dictionary<string, DynamicValue>)_value!)
                {
                    writer.WritePropertyName(name);
                    item.WriteJson(writer);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>What <c>tostring()</c> gives: a scalar's own text, the compact JSON text of a container.</summary>
    public override string ToString() => Kind switch
    {
        DynamicKind.Null => "",
        DynamicKind.Bool => (bool)Value! ? "true" : "false",
        DynamicKind.String => (string)Value!,
        DynamicKind.Long => ((long)Value!).ToString(System.Globalization.CultureInfo.InvariantCulture),
        DynamicKind.Real => KustoFormat.Real((double)Value!),
        DynamicKind.Decimal => ((KustoDecimal)Value!).ToString(),
        DynamicKind.DateTime => KustoFormat.DateTime((long)Value!),
        DynamicKind.TimeSpan => KustoFormat.Duration((long)Value!),
        DynamicKind.Guid => ((Guid)Value!).ToString(),
        _ => ToJson(),
    };

    /// <summary>The compact JSON text.</summary>
    public string ToJson()
    {
        if (_json is not null) return Encoding.UTF8.GetString(_json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            WriteJson(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static DynamicValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return Null;
            case JsonTokenType.True: return Of(true);
            case JsonTokenType.False: return Of(false);
            case JsonTokenType.String: return Of(reader.GetString()!);
            case JsonTokenType.Number: return reader.TryGetInt64(out long integer) ? Of(integer) : Of(reader.GetDouble());
            case JsonTokenType.StartArray:
                var items = new List<DynamicValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader));
                return Of(items);
            default:
                var properties = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    properties[name] = Read(ref reader);
                }

                return Of(properties);
        }
    }
}
