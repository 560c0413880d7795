using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AdxFlow.Adx;

/// <summary>Writes values as typed KQL literals. Source: <see href="https://learn.microsoft.com/kusto/query/scalar-data-types/"/>.</summary>
internal static partial class KqlLiteral
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    public static string Write(object? value) => value switch
    {
        null => "dynamic(null)",
        string text => Kql.String(text),
        char letter => Kql.String(letter.ToString()),
        bool flag => flag ? "true" : "false",
        int or short or sbyte or byte or ushort => Number("int", (IFormattable)value),
        long or uint => Number("long", (IFormattable)value),
        ulong number => number <= long.MaxValue ? Number("long", number) : Number("decimal", number),
        BigInteger number => number >= long.MinValue && number <= long.MaxValue ? Number("long", number) : Number("decimal", number),
        double number => Real(number),
        float number => Real(Widen(number)),
        decimal number => Number("decimal", number),
        DateTime time => DateTimeLiteral(time),
        DateTimeOffset time => DateTimeLiteral(time.UtcDateTime),
        DateOnly date => DateTimeLiteral(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)),
        TimeSpan span => $"timespan({span.ToString("c", CultureInfo.InvariantCulture)})",
        TimeOnly time => $"timespan({time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture)})",
        Guid id => $"guid({id:D})",
        Enum member => Kql.String(member.ToString()),
        Uri address => Kql.String(address.OriginalString),
        JsonElement or IDictionary or IEnumerable => Dynamic(value),
        _ => throw Unfit(value, null),
    };

    public static string Write(object? value, AdxType type)
    {
        if (value is null)
            return type == AdxType.String ? "''" : $"{AdxTypes.Name(type)}(null)";

        try
        {
            return type switch
            {
                AdxType.Bool => Convert.ToBoolean(value, CultureInfo.InvariantCulture) ? "true" : "false",
                AdxType.Int => Number("int", Convert.ToInt32(value, CultureInfo.InvariantCulture)),
                AdxType.Long => Number("long", Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                AdxType.Real => Real(value is float number ? Widen(number) : Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                AdxType.Decimal => value is string text && DecimalText.IsValid(text) ? $"decimal({text})" : Number("decimal", Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
                AdxType.DateTime => value is DateTimeOffset or DateOnly or DateTime
                    ? Write(value)
                    : DateTimeLiteral(DateTime.Parse(Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)),
                AdxType.TimeSpan => value switch
                {
                    TimeSpan or TimeOnly => Write(value),
                    string text when KqlSpan().IsMatch(text) => $"timespan({text})",
                    _ => Write(TimeSpan.Parse(Text(value), CultureInfo.InvariantCulture)),
                },
                AdxType.Guid => Write(value is Guid id ? id : Guid.Parse(Text(value))),
                AdxType.String => Kql.String(Text(value)),
                _ => Dynamic(value),
            };
        }
        catch (Exception unfit) when (unfit is FormatException or InvalidCastException or OverflowException)
        {
            throw Unfit(value, type);
        }
    }

    // 1d, 1.5h, 30m, 10s, 100ms, 10microsecond, 1tick.
    [GeneratedRegex("""^-?[0-9]{1,9}(\.[0-9]{1,9})?(d|h|m|s|ms|microsecond|tick)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex KqlSpan();

    private static string Text(object value) =>
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? string.Empty;

    private static string Number(string type, IFormattable value) => $"{type}({value.ToString(null, CultureInfo.InvariantCulture)})";

    private static string Real(double value) => value switch
    {
        double.NaN => "real(nan)",
        double.PositiveInfinity => "real(+inf)",
        double.NegativeInfinity => "real(-inf)",
        _ => $"real({value.ToString("R", CultureInfo.InvariantCulture)})",
    };

    // As rows are sent: 0.1, not the 0.10000000149011612 that comes of a cast.
    private static double Widen(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string DateTimeLiteral(DateTime time)
    {
        DateTime utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        return $"datetime({utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)})";
    }

    private static string Dynamic(object value)
    {
        try
        {
            return $"dynamic({JsonSerializer.Serialize(value, Json)})";
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw Unfit(value, AdxType.Dynamic);
        }
    }

    private static AdxException Unfit(object value, AdxType? type) =>
        new("AdxInvalidLiteral", AdxErrorKind.InvalidArgument, type is { } wanted
            ? $"A value of the type {value.GetType().Name} cannot be given as {AdxTypes.Name(wanted)}."
            : $"A value of the type {value.GetType().Name} cannot be given to a query.")
        {
            RecommendedAction = type is { } needed
                ? $"Give a value of PowerShell's own type, or text that can be read as {AdxTypes.Name(needed)} in the invariant culture."
                : "Give bool, number, text, datetime, timespan, guid, or lists and dictionaries of these.",
        };
}
