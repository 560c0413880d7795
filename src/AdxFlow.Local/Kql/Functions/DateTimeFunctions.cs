using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of datetime and timespan. All of them count in UTC; a week begins on Sunday.</summary>
internal static class DateTimeFunctions
{
    private const KustoType Moment = KustoType.DateTime;
    private const KustoType Duration = KustoType.TimeSpan;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("now", None, Now),
        new("ago", None, Ago),
        new("datetime_add", None, new Overload(Moment, Kernels.Map<string, long, long, long>(Moment, (part, n, t) => Add(part, n, t)), Arg.String, Arg.Long, Arg.DateTime)) { Constants = [0] },
        new("datetime_diff", None, new Overload(KustoType.Long, Kernels.Map<string, long, long, long>(KustoType.Long, Difference), Arg.String, Arg.DateTime, Arg.DateTime)) { Constants = [0] },
        Start("startofday", FirstArgument, "day"),
        Start("startofweek", None, "week"),
        Start("startofmonth", None, "month"),
        Start("startofyear", None, "year"),
        End("endofday", "day"),
        End("endofweek", "week"),
        End("endofmonth", "month"),
        End("endofyear", "year"),
        Part("dayofmonth", t => t.Day),
        Part("dayofyear", t => t.DayOfYear),
        Part("hourofday", t => t.Hour),
        Part("getyear", t => t.Year),
        Part("getmonth", t => t.Month),
        Part("monthofyear", t => t.Month),
        new("dayofweek", None, new Overload(Duration, Kernels.Map<long, long>(Duration, t => (long)At(t).DayOfWeek * TimeSpan.TicksPerDay), Arg.DateTime)),
        new("datetime_part", None, new Overload(KustoType.Int, Kernels.Map<string, long, int>(KustoType.Int, PartOf), Arg.String, Arg.DateTime)) { Constants = [0] },
        new("format_datetime", FirstArgument, new Overload(KustoType.String, Kernels.Map<long, string, string>(KustoType.String, DateTimeFormat.Apply), Arg.DateTime, Arg.String)) { Constants = [1] },
        new("make_datetime", None,
            MakeDateTime(Arg.Long, Arg.Long, Arg.Long),
            MakeDateTime(Arg.Long, Arg.Long, Arg.Long, Arg.Long, Arg.Long),
            MakeDateTime(Arg.Long, Arg.Long, Arg.Long, Arg.Long, Arg.Long, Arg.Real)) { MoreArguments = 7 },
        FromUnix("unixtime_seconds_todatetime", TimeSpan.TicksPerSecond),
        FromUnix("unixtime_milliseconds_todatetime", TimeSpan.TicksPerMillisecond),
        FromUnix("unixtime_microseconds_todatetime", TimeSpan.TicksPerMicrosecond),
    ];

    private static DateTime At(long ticks) => new(ticks, DateTimeKind.Utc);

    private static Expression Now(CallContext call)
    {
        call.ExpectCount(0, 1);
        Expression now = ConstantExpression.Of(Moment, call.Now);
        if (call.Arguments.Length == 0) return now;
        return call.Arguments[0].Type == Duration ? Arithmetic.Bind("+", now, call.Arguments[0])! : throw call.Error("the argument must be a timespan.");
    }

    private static Expression Ago(CallContext call)
    {
        call.ExpectCount(1, 1);
        return call.Arguments[0].Type == Duration
            ? Arithmetic.Bind("-", ConstantExpression.Of(Moment, call.Now), call.Arguments[0])!
            : throw call.Error("the argument must be a timespan.");
    }

    private static ScalarFunction Start(string name, ResultNameRule rule, string part) => new(name, rule,
        new Overload(Moment, Kernels.Map<long, long>(Moment, t => StartOf(part, t)), Arg.DateTime),
        new Overload(Moment, Kernels.Map<long, long, long>(Moment, (t, n) => Add(part, n, StartOf(part, t))), Arg.DateTime, Arg.Long));

    private static ScalarFunction End(string name, string part) => new(name, None,
        new Overload(Moment, Kernels.Map<long, long>(Moment, t => EndOf(part, t, 0)), Arg.DateTime),
        new Overload(Moment, Kernels.Map<long, long, long>(Moment, (t, n) => EndOf(part, t, n)), Arg.DateTime, Arg.Long));

    private static ScalarFunction Part(string name, Func<DateTime, int> part) =>
        new(name, None, new Overload(KustoType.Int, Kernels.Map<long, int>(KustoType.Int, t => part(At(t))), Arg.DateTime));

    private static ScalarFunction FromUnix(string name, long unit) => new(name, None,
        new Overload(Moment, Kernels.TryMap(Moment, (long n, out long ticks) => TryUnix((decimal)n * unit, out ticks)), Arg.Long),
        new Overload(Moment, Kernels.TryMap(Moment, (double n, out long ticks) =>
        {
            ticks = 0;
            return Math.Abs(n) < 1e18 && TryUnix((decimal)n * unit, out ticks);
        }), Arg.Real),
        new Overload(Moment, Kernels.TryMap(Moment, (KustoDecimal n, out long ticks) =>
        {
            ticks = 0;
            return n.TryToLong(out _) && (n * unit).TryToLong(out long sinceEpoch) && TryUnix(sinceEpoch, out ticks);
        }), Arg.Decimal));

    private static bool TryUnix(decimal ticks, out long result)
    {
        ticks = decimal.Truncate(ticks) + DateTime.UnixEpoch.Ticks;
        bool ok = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        result = ok ? (long)ticks : 0;
        return ok;
    }

    private static long StartOf(string part, long ticks)
    {
        DateTime t = At(ticks);
        return part switch
        {
            "day" => t.Date.Ticks,
            "week" => Math.Max(0, t.Date.Ticks - ((long)t.DayOfWeek * TimeSpan.TicksPerDay)),
            "month" => new DateTime(t.Year, t.Month, 1).Ticks,
            _ => new DateTime(t.Year, 1, 1).Ticks,
        };
    }

    // The last day of year 9999 has no next day to step back from.
    private static long EndOf(string part, long ticks, long offset)
    {
        long start = Add(part, offset, StartOf(part, ticks));
        DateTime t = At(start);
        return part switch
        {
            "day" => start + TimeSpan.TicksPerDay - 1,
            "week" => Math.Min(DateTime.MaxValue.Ticks, start + (7 * TimeSpan.TicksPerDay) - 1),
            "month" => start + (DateTime.DaysInMonth(t.Year, t.Month) * TimeSpan.TicksPerDay) - 1,
            _ => new DateTime(t.Year, 12, 31).Ticks + TimeSpan.TicksPerDay - 1,
        };
    }

    private static long Add(string part, long amount, long ticks)
    {
        try
        {
            return checked(part.ToLowerInvariant() switch
            {
                "year" => At(ticks).AddYears((int)amount).Ticks,
                "quarter" => At(ticks).AddMonths((int)(amount * 3)).Ticks,
                "month" => At(ticks).AddMonths((int)amount).Ticks,
                "week" => At(ticks).AddTicks(amount * 7 * TimeSpan.TicksPerDay).Ticks,
                "day" => At(ticks).AddTicks(amount * TimeSpan.TicksPerDay).Ticks,
                "hour" => At(ticks).AddTicks(amount * TimeSpan.TicksPerHour).Ticks,
                "minute" => At(ticks).AddTicks(amount * TimeSpan.TicksPerMinute).Ticks,
                "second" => At(ticks).AddTicks(amount * TimeSpan.TicksPerSecond).Ticks,
                "millisecond" => At(ticks).AddTicks(amount * TimeSpan.TicksPerMillisecond).Ticks,
                "microsecond" => At(ticks).AddTicks(amount * TimeSpan.TicksPerMicrosecond).Ticks,
                "nanosecond" => At(ticks).AddTicks(amount / 100).Ticks,
                _ => throw UnknownPart("datetime_add", part),
            });
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new OverflowException();
        }
    }

    // The number of boundaries between the two, not of whole periods.
    private static long Difference(string part, long first, long second)
    {
        DateTime a = At(first);
        DateTime b = At(second);
        return part.ToLowerInvariant() switch
        {
            "year" => a.Year - b.Year,
            "quarter" => ((a.Year - b.Year) * 4) + ((a.Month - 1) / 3) - ((b.Month - 1) / 3),
            "month" => ((a.Year - b.Year) * 12) + a.Month - b.Month,
            "week" => (StartOf("week", first) - StartOf("week", second)) / (7 * TimeSpan.TicksPerDay),
            "day" => Steps(TimeSpan.TicksPerDay),
            "hour" => Steps(TimeSpan.TicksPerHour),
            "minute" => Steps(TimeSpan.TicksPerMinute),
            "second" => Steps(TimeSpan.TicksPerSecond),
            "millisecond" => Steps(TimeSpan.TicksPerMillisecond),
            "microsecond" => Steps(TimeSpan.TicksPerMicrosecond),
            "nanosecond" => checked((first - second) * 100),
            _ => throw UnknownPart("datetime_diff", part),
        };

        long Steps(long unit) => (first / unit) - (second / unit);
    }

    private static int PartOf(string part, long ticks)
    {
        DateTime t = At(ticks);
        return part.ToLowerInvariant() switch
        {
            "year" => t.Year,
            "quarter" => ((t.Month - 1) / 3) + 1,
            "month" => t.Month,
            "day" => t.Day,
            "dayofyear" => t.DayOfYear,
            "hour" => t.Hour,
            "minute" => t.Minute,
            "second" => t.Second,
            "millisecond" => t.Millisecond,
            "microsecond" => (int)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
            "nanosecond" => (int)(ticks % TimeSpan.TicksPerSecond * 100),
            "week_of_year" => System.Globalization.ISOWeek.GetWeekOfYear(t),
            _ => throw UnknownPart("datetime_part", part),
        };
    }

    private static Overload MakeDateTime(params Arg[] parameters) => new(Moment, (arguments, count) =>
    {
        var result = new ResultColumn<long>(Moment, count);
        for (int i = 0; i < count; i++)
        {
            bool isNull = Array.Exists(arguments, a => a.IsNull(i));
            if (!isNull && TryMake(Part(0), Part(1), Part(2), Part(3), Part(4), arguments.Length > 5 ? arguments[5].Values<double>()[i] : 0, out long ticks))
                result.Items[i] = ticks;
            else
                result.SetNull(i);

            long Part(int index) => index < arguments.Length ? arguments[index].Values<long>()[i] : 0;
        }

        return result.Build();
    }, parameters);

    // The seconds have a fraction, down to 100 ns.
    private static bool TryMake(long year, long month, long day, long hour, long minute, double second, out long ticks)
    {
        ticks = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || !(second is >= 0 and < 60)) return false;
        ticks = new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, 0).Ticks + Math.Min((long)Math.Round(second * TimeSpan.TicksPerSecond), TimeSpan.TicksPerMinute - 1);
        return true;
    }

    private static KqlException UnknownPart(string function, string part) =>
        KqlException.Runtime($"{function}(): the local stand-in has no part '{part}'.");
}
