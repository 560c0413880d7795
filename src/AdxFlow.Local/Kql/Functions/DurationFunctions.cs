using System.Globalization;
using System.Text;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions that make and write time spans.</summary>
internal static class DurationFunctions
{
    private const KustoType Duration = KustoType.TimeSpan;
    private const string Delimiters = " /-:,._[]";

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("format_timespan", FirstArgument, new Overload(KustoType.String, Kernels.Map<long, string, string>(KustoType.String, Format), Arg.TimeSpan, Arg.String)) { Constants = [1] },
        new("make_timespan", None,
            new Overload(Duration, Kernels.TryMap(Duration, (long h, long m, out long t) => TryMake(0, h, m, 0, out t)), Arg.Long, Arg.Long),
            new Overload(Duration, Kernels.TryMap(Duration, (long h, long m, double s, out long t) => TryMake(0, h, m, s, out t)), Arg.Long, Arg.Long, Arg.Real),
            new Overload(Duration, MakeWithDays, Arg.Long, Arg.Long, Arg.Long, Arg.Real)) { MoreArguments = 4 },
        new("unixtime_nanoseconds_todatetime", None, new Overload(KustoType.DateTime, Kernels.TryMap(KustoType.DateTime, (long n, out long ticks) =>
        {
            ticks = (n / 100) + DateTime.UnixEpoch.Ticks;
            return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        }), Arg.Long), new Overload(KustoType.DateTime, Kernels.TryMap(KustoType.DateTime, (double n, out long ticks) =>
        {
            bool ok = Math.Abs(n) < 1e20;
            ticks = ok ? (long)(n / 100) + DateTime.UnixEpoch.Ticks : -1;
            return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        }), Arg.Number)),
        new("week_of_year", None, new Overload(KustoType.Int, Kernels.Map<long, int>(KustoType.Int, t => ISOWeek.GetWeekOfYear(new DateTime(t, DateTimeKind.Utc))), Arg.DateTime)),
    ];

    private static Vector MakeWithDays(Vector[] arguments, int count)
    {
        var result = new ResultColumn<long>(Duration, count);
        for (int i = 0; i < count; i++)
        {
            bool isNull = Array.Exists(arguments, a => a.IsNull(i));
            if (!isNull && TryMake(arguments[0].Values<long>()[i], arguments[1].Values<long>()[i], arguments[2].Values<long>()[i], arguments[3].Values<double>()[i], out long ticks))
                result.Items[i] = ticks;
            else
                result.SetNull(i);
        }

        return result.Build();
    }

    private static bool TryMake(long days, long hours, long minutes, double seconds, out long ticks)
    {
        ticks = 0;
        if (days is < 0 or > 10_000_000 || hours is < 0 or > 23 || minutes is < 0 or > 59 || !(seconds >= 0 && seconds < 60)) return false;
        ticks = (((((days * 24) + hours) * 60) + minutes) * TimeSpan.TicksPerMinute) + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    private static string Format(long ticks, string format)
    {
        if (ticks < 0) throw KqlException.NotSupportedValue("The local stand-in does not know how format_timespan() writes a negative time span.");
        var result = new StringBuilder(format.Length + 8);
        for (int i = 0; i < format.Length;)
        {
            char c = format[i];
            int length = 1;
            while (i + length < format.Length && format[i + length] == c) length++;
            result.Append(Delimiters.Contains(c, StringComparison.Ordinal) ? new string(c, length) : Element(new TimeSpan(ticks), c, length, format));
            i += length;
        }

        return result.ToString();
    }

    private static string Element(TimeSpan value, char element, int length, string format)
    {
        string fraction = (value.Ticks % TimeSpan.TicksPerSecond).ToString("0000000", CultureInfo.InvariantCulture)[..Math.Min(length, 7)];
        return (element, length) switch
        {
            ('d', <= 8) => Number(value.Days),
            ('h' or 'H', <= 2) => Number(value.Hours),
            ('m', <= 2) => Number(value.Minutes),
            ('s', <= 2) => Number(value.Seconds),
            ('f', <= 7) => fraction,
            ('F', <= 7) => fraction.TrimEnd('0'),
            _ => throw KqlException.Runtime($"format_timespan(): the format '{format}' has the unknown element '{new string(element, length)}'."),
        };

        string Number(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
    }
}
