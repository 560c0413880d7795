using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>Text of values: as a query response carries it, and as <c>tostring()</c> makes it.</summary>
internal static class KustoFormat
{
    public static void WriteReal(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(Real(value));
    }

    public static void WriteDecimal(Utf8JsonWriter writer, KustoDecimal value)
    {
        Span<char> text = stackalloc char[KustoDecimal.MaxLength];
        writer.WriteStringValue(text[..value.Format(text)]);
    }

    /// <summary>ISO 8601 in UTC; the fraction only where there is one, then with seven digits.</summary>
    public static void WriteDateTime(Utf8JsonWriter writer, long ticks)
    {
        Span<byte> text = stackalloc byte[40];
        string format = ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(text, out int written, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }

    public static void WriteTimeSpan(Utf8JsonWriter writer, long ticks)
    {
        Span<byte> text = stackalloc byte[40];
        new TimeSpan(ticks).TryFormat(text, out int written, "c", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }

    /// <summary>The text <c>tostring()</c> gives: always seven digits of the second.</summary>
    public static string DateTime(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static string Duration(long ticks) => new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture);

    public static string Real(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(FractionOrExponent) < 0 ? text + ".0" : text;
    }

    private static readonly SearchValues<char> FractionOrExponent = SearchValues.Create(".E");
}
