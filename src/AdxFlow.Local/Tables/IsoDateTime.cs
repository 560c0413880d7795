using System.Runtime.CompilerServices;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Reads <c>yyyy-MM-dd[(T| )HH:mm[:ss[.f…]][Z|±hh[:]mm]]</c> from UTF-8 without allocating: the form nearly all ingested
/// datetimes have. Digits of the fraction beyond the seventh are cut off.
/// </summary>
internal static class IsoDateTime
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks) => TryUtc(text, out ticks) || TryAny(text, out ticks);

    /// <summary>The form in which most clients write: <c>yyyy-MM-ddTHH:mm:ss[.f…]Z</c>. False for all else, valid or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryUtc(ReadOnlySpan<byte> text, out long ticks)
    {
        const int Seconds = 19;
        ticks = 0;
        if (text.Length is < Seconds + 1 or > Seconds + 9 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[^1] != 'Z')
            return false;
        int wrong = 0;
        int year = (Two(text, 0, ref wrong) * 100) + Two(text, 2, ref wrong);
        int month = Two(text, 5, ref wrong);
        int day = Two(text, 8, ref wrong);
        int hour = Two(text, 11, ref wrong);
        int minute = Two(text, 14, ref wrong);
        int second = Two(text, 17, ref wrong);
        if (wrong < 0 || year < 1 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;

        int fraction = 0;
        if (text.Length > Seconds + 1)
        {
            if (text[Seconds] != '.' || text.Length == Seconds + 2) return false;
            int unit = (int)TimeSpan.TicksPerSecond;
            for (int i = Seconds + 1; i < text.Length - 1; i++)
            {
                int digit = text[i] - '0';
                wrong |= digit | (9 - digit);
                unit /= 10;
                fraction += digit * unit;
            }

            if (wrong < 0) return false;
        }

        ticks = new DateTime(year, month, day).Ticks + ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond + fraction;
        return true;
    }

    /// <summary>The number of two digits; <paramref name="wrong"/> becomes negative where they are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at, ref int wrong)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        wrong |= tens | (9 - tens) | ones | (9 - ones);
        return (tens * 10) + ones;
    }

    /// <summary>All forms; what <see cref="TryUtc"/> reads, it reads as that does.</summary>
    internal static bool TryAny(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-') return false;
        if (!Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        long date = new DateTime(year, month, day).Ticks;

        ReadOnlySpan<byte> rest = text[10..];
        if (rest.Length > 0 && rest[0] is (byte)'T' or (byte)'t' or (byte)' ')
        {
            if (!TryTime(ref rest, out long time)) return false;
            date += time;
        }

        if (!TryOffset(rest, out long offset)) return false;
        date -= offset;
        if (date < DateTime.MinValue.Ticks || date > DateTime.MaxValue.Ticks) return false;
        ticks = date;
        return true;
    }

    private static bool TryTime(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.Length < 6 || rest[3] != ':') return false;
        if (!Digits(rest[1..3], out int hour) || !Digits(rest[4..6], out int minute) || hour > 23 || minute > 59) return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        rest = rest[6..];
        if (rest.Length == 0 || rest[0] != ':') return true;

        if (rest.Length < 3 || !Digits(rest[1..3], out int second) || second > 59) return false;
        ticks += second * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        if (rest.Length == 0 || rest[0] != '.') return true;

        int digits = 1;
        long unit = TimeSpan.TicksPerSecond / 10;
        for (; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            ticks += (rest[digits] - '0') * unit;
            unit /= 10;
        }

        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length > 0 && text[0] == ' ') text = text[1..];
        if (text.Length == 0 || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')) return true;
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;

        ReadOnlySpan<byte> minutes = text.Length switch
        {
            3 => "00"u8,
            5 => text[3..5],
            6 when text[3] == ':' => text[4..6],
            _ => default,
        };
        if (minutes.IsEmpty || !Digits(text[1..3], out int hour) || !Digits(minutes, out int minute) || hour > 14 || minute > 59) return false;
        ticks = ((hour * 60L) + minute) * TimeSpan.TicksPerMinute;
        if (text[0] == '-') ticks = -ticks;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (b - '0');
        }

        return true;
    }
}
