using System.Buffers.Text;
using System.Globalization;

namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// Points in time and durations as CSV fields. Points in time are UTC with 100 ns: a local one is converted, one that
/// does not say is taken for UTC.
/// </summary>
internal static class TimeCells
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static bool DateTime(object value, Utf8Buffer buffer)
    {
        switch (value)
        {
            case System.DateTime time:
                return Write(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time, buffer);
            case DateTimeOffset time:
                return Write(time.UtcDateTime, buffer);
            case DateOnly date:
                return Write(date.ToDateTime(TimeOnly.MinValue), buffer);
            case string text:
                return HasYear(text) && System.DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out System.DateTime parsed) && Write(parsed, buffer);
            default:
                return false;
        }
    }

    public static bool TimeSpan(object value, Utf8Buffer buffer)
    {
        switch (value)
        {
            case System.TimeSpan span:
                return Write(span, buffer);
            case TimeOnly time:
                return Write(time.ToTimeSpan(), buffer);
            case string text:
                return System.TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out System.TimeSpan parsed) && Write(parsed, buffer);
            default:
                return false;
        }
    }

    /// <summary>
    /// Whether there are four digits that may be a year. .NET reads '1.5' as the fifth of January and '12:30' as today; that would be
    /// made up here.
    /// </summary>
    private static bool HasYear(ReadOnlySpan<char> text)
    {
        int digits = 0;
        char before = ' ';
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                digits++;
                continue;
            }
            // Digits behind a decimal point of seconds are none.
            if (digits == 4 && !(before == '.' && text[..i].Contains(':')))
                return true;
            digits = 0;
            before = i < text.Length ? text[i] : ' ';
        }
        return false;
    }

    private static bool Write(System.DateTime time, Utf8Buffer buffer)
    {
        Utf8Formatter.TryFormat(System.DateTime.SpecifyKind(time, DateTimeKind.Utc), buffer.Room(32), out int written, 'O');
        buffer.Length += written;
        return true;
    }

    private static bool Write(System.TimeSpan span, Utf8Buffer buffer)
    {
        Utf8Formatter.TryFormat(span, buffer.Room(32), out int written, 'c');
        buffer.Length += written;
        return true;
    }
}
