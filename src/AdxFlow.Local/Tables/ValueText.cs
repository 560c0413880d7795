using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Tables;

/// <summary>Reads values from text, as ingestion and the <c>to…()</c> functions of KQL do. Culture never matters.</summary>
internal static class ValueText
{
    private static readonly string[] DateTimeFormats = BuildDateTimeFormats();

    public static bool TryBool(ReadOnlySpan<byte> text, out bool value)
    {
        text = text.Trim(" \t"u8);
        value = false;
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || text.SequenceEqual("1"u8)) return value = true;
        return Ascii.EqualsIgnoreCase(text, "false"u8) || text.SequenceEqual("0"u8);
    }

    public static bool TryInt(ReadOnlySpan<byte> text, out int value)
    {
        text = text.Trim(" \t"u8);
        return (Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && used > 0) || TryHex(text, out value);
    }

    public static bool TryLong(ReadOnlySpan<byte> text, out long value)
    {
        text = text.Trim(" \t"u8);
        return (Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && used > 0) || TryHex(text, out value);
    }

    public static bool TryReal(ReadOnlySpan<byte> text, out double value) =>
        PlainReal.TryParse(text, out value) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TryGuid(ReadOnlySpan<byte> text, out Guid value)
    {
        text = text.Trim(" \t"u8);
        if (Utf8Parser.TryParse(text, out value, out int used) && used == text.Length) return true;
        Span<char> chars = stackalloc char[72];
        return text.Length <= chars.Length
            && Ascii.ToUtf16(text, chars, out int written) == System.Buffers.OperationStatus.Done
            && Guid.TryParse(chars[..written], out value);
    }

    /// <summary>As <c>toguid()</c> reads it: the first 32 digits, with hyphens between any two bytes; what follows is not looked at.</summary>
    /// <remarks>Source: Microsoft Learn, "toguid()".</remarks>
    public static bool TryGuidPrefix(ReadOnlySpan<byte> text, out Guid value)
    {
        if (TryGuid(text, out value)) return true;
        Span<byte> digits = stackalloc byte[32];
        int count = 0;
        foreach (byte b in text.Trim(" \t"u8))
        {
            if (b == '-' && count > 0 && count % 2 == 0) continue;
            digits[count++] = b;
            if (count == digits.Length) return Utf8Parser.TryParse(digits, out value, out int used, 'N') && used == count;
        }

        return false;
    }

    /// <summary>A datetime as ticks in UTC: ISO 8601 with or without offset, or one of the documented RFC 822 and 850 forms.</summary>
    public static bool TryDateTime(ReadOnlySpan<byte> text, out long ticks)
    {
        text = text.Trim(" \t"u8);
        if (IsoDateTime.TryParse(text, out ticks)) return true;
        Span<char> chars = stackalloc char[64];
        if (text.Length is 0 or > 64 || Ascii.ToUtf16(text, chars, out int written) != System.Buffers.OperationStatus.Done)
            return false;
        if (!DateTime.TryParseExact(chars[..written], DateTimeFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTime value))
            return false;
        ticks = value.Ticks;
        return true;
    }

    /// <summary>A timespan as ticks: <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, a number of days, or a number with a unit (<c>1.5h</c>).</summary>
    public static bool TryTimeSpan(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        text = text.Trim(" \t"u8);
        Span<char> chars = stackalloc char[48];
        if (text.Length is 0 or > 48 || Ascii.ToUtf16(text, chars, out int written) != System.Buffers.OperationStatus.Done)
            return false;
        if (TimeSpan.TryParse(chars[..written], CultureInfo.InvariantCulture, out TimeSpan value))
        {
            ticks = value.Ticks;
            return true;
        }

        return TryUnits(chars[..written], out ticks);
    }

    /// <summary>The ticks of one unit of a timespan literal, or 0 for no such unit.</summary>
    public static long TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "m" or "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "s" or "sec" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "ms" or "milli" or "millis" or "millisec" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "micro" or "micros" or "microsec" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "nano" or "nanos" or "nanosec" or "nanosecond" or "nanoseconds" => 0,
        "tick" or "ticks" => 1,
        _ => 0,
    };

    private static bool TryUnits(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        int end = text.LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0) return false;
        long unit = TicksOf(text[end..].Trim());
        if (unit == 0 || !decimal.TryParse(text[..end], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return false;
        if (Math.Abs(number) > (decimal)long.MaxValue / unit) return false;
        ticks = (long)(number * unit);
        return true;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return text.StartsWith("0x"u8) && int.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return text.StartsWith("0x"u8) && long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static string[] BuildDateTimeFormats()
    {
        var formats = new List<string>();
        foreach (string date in (string[])["ddd, d MMM yy", "d MMM yy", "dddd, dd-MMM-yy", "dd-MMM-yy", "ddd, d MMM yyyy", "d MMM yyyy"])
        {
            foreach (string time in (string[])["HH:mm:ss", "HH:mm"])
            {
                formats.Add($"{date} {time}");
                formats.Add($"{date} {time} 'GMT'");
            }
        }

        foreach (string date in (string[])["yyyy-M-d HH:mm:ss", "yyyy-M-d HH:mm", "yyyy-M-dTHH:mm:ss", "yyyy-M-dTHH:mm"])
        {
            formats.Add($"{date} 'GMT'");
            formats.Add(date);
        }

        formats.AddRange(["yyyy-M-d", "yyyy/M/d", "yyyy/M/d HH:mm", "yyyy/M/d HH:mm:ss", "M/d/yyyy", "M/d/yyyy HH:mm", "M/d/yyyy HH:mm:ss", "M-d-yyyy", "M-d-yyyy HH:mm", "M-d-yyyy HH:mm:ss", "yyyy-MM"]);
        return [.. formats];
    }
}
