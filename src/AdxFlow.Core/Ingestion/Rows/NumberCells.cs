using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using AdxFlow.Adx;

namespace AdxFlow.Ingestion.Rows;

/// <summary>Numbers and truth values as CSV fields, never in the user's culture.</summary>
internal static class NumberCells
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static bool Bool(object value, Utf8Buffer buffer)
    {
        bool? truth = value switch
        {
            bool b => b,
            string text when bool.TryParse(text, out bool parsed) => parsed,
            _ when TryWhole(value, out long number) && number is 0 or 1 => number == 1,
            _ => null,
        };
        if (truth is not { } known)
            return false;
        buffer.Append(known ? "true"u8 : "false"u8);
        return true;
    }

    public static bool Int(object value, Utf8Buffer buffer) =>
        TryWhole(value, out long number) && number is >= int.MinValue and <= int.MaxValue && Write(number, buffer);

    public static bool Long(object value, Utf8Buffer buffer) => TryWhole(value, out long number) && Write(number, buffer);

    public static bool Real(object value, Utf8Buffer buffer)
    {
        switch (value)
        {
            case double d:
                return Write(d, buffer);
            case float f:
                // Through its shortest text, or 0.1f would become 0.10000000149011612.
                return Write(double.Parse(f.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), buffer);
            case decimal m:
                return Write((double)m, buffer);
            case string text:
                // A text with digits in it is infinite only because it is too large for a double.
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                    && (double.IsFinite(parsed) || !text.AsSpan().ContainsAnyInRange('0', '9')) && Write(parsed, buffer);
            case ulong number:
                return Write((double)number, buffer);
            case BigInteger big:
                return double.IsFinite((double)big) && Write((double)big, buffer);
            default:
                return TryWhole(value, out long whole) && Write(whole, buffer);
        }
    }

    public static bool Decimal(object value, Utf8Buffer buffer)
    {
        switch (value)
        {
            case decimal m:
                return Write(m, buffer);
            case double d when double.IsFinite(d):
                buffer.Append(d.ToString("R", CultureInfo.InvariantCulture));
                return true;
            case float f when float.IsFinite(f):
                buffer.Append(f.ToString("R", CultureInfo.InvariantCulture));
                return true;
            case string text:
                return Write(text, buffer);
            case ulong or BigInteger:
                return Write(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), buffer);
            default:
                return TryWhole(value, out long number) && Write(number, buffer);
        }
    }

    private static bool TryWhole(object value, out long number)
    {
        switch (value)
        {
            case long l:
                number = l;
                return true;
            case int i:
                number = i;
                return true;
            case uint or short or ushort or byte or sbyte:
                number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                return true;
            case ulong and <= long.MaxValue:
                number = (long)(ulong)value;
                return true;
            case nint native:
                number = native;
                return true;
            case bool b:
                number = b ? 1 : 0;
                return true;
            case double d when d == Math.Truncate(d) && Math.Abs(d) < 9.2e18:
                number = (long)d;
                return true;
            case float f when f == MathF.Truncate(f) && MathF.Abs(f) < 9.2e18f:
                number = (long)f;
                return true;
            case decimal m when m == decimal.Truncate(m) && m is >= long.MinValue and <= long.MaxValue:
                number = (long)m;
                return true;
            case BigInteger big when big >= long.MinValue && big <= long.MaxValue:
                number = (long)big;
                return true;
            case string text:
                return TryWhole(text, out number);
            default:
                number = 0;
                return false;
        }
    }

    private static bool TryWhole(string text, out long number) => long.TryParse(text, Whole, CultureInfo.InvariantCulture, out number);

    private static bool Write(long value, Utf8Buffer buffer)
    {
        Utf8Formatter.TryFormat(value, buffer.Room(20), out int written);
        buffer.Length += written;
        return true;
    }

    private static bool Write(double value, Utf8Buffer buffer)
    {
        // NaN, Infinity and -Infinity as the service itself spells them, and the shortest text that reads back as the same number.
        value.TryFormat(buffer.Room(32), out int written, default, CultureInfo.InvariantCulture);
        buffer.Length += written;
        return true;
    }

    // As it stands: decimal has 34 digits in ADX and 28 here.
    private static bool Write(string number, Utf8Buffer buffer)
    {
        number = number.Trim();
        if (!DecimalText.IsInRange(number))
            return false;
        buffer.Append(number);
        return true;
    }

    private static bool Write(decimal value, Utf8Buffer buffer)
    {
        Utf8Formatter.TryFormat(value, buffer.Room(40), out int written);
        buffer.Length += written;
        return true;
    }
}
