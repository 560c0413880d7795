using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Times of time zones, by the rules that the machine knows.</summary>
/// <remarks>Source: Microsoft Learn, "datetime_utc_to_local()", "datetime_local_to_utc()" and "Timezones": names of IANA.</remarks>
internal static class TimeZoneFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("datetime_utc_to_local", None, Convert(ToLocal)),
        new("datetime_local_to_utc", None, Convert(ToUtc)),
    ];

    private static Overload Convert(Func<DateTime, TimeZoneInfo, DateTime> convert) => new(
        KustoType.DateTime,
        Kernels.Map<long, string, long>(KustoType.DateTime, (ticks, name) =>
        {
            TimeZoneInfo zone = Find(name);
            try
            {
                return convert(new DateTime(ticks, DateTimeKind.Unspecified), zone).Ticks;
            }
            catch (ArgumentOutOfRangeException)
            {
                throw new OverflowException();
            }
        }),
        Arg.DateTime, Arg.StringOrDynamic);

    private static DateTime ToLocal(DateTime utc, TimeZoneInfo zone) => utc + zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    // A time that the clocks leave out has the offset of those behind it, as in the example of the documentation.
    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local)) throw KqlException.NotSupportedValue("The local stand-in does not know which of two times datetime_local_to_utc() takes where the clocks were set back.");
        DateTime valid = local;
        while (zone.IsInvalidTime(valid))
            valid += TimeSpan.FromMinutes(30);
        return local - zone.GetUtcOffset(valid);
    }

    private static TimeZoneInfo Find(string name) =>
        name.Length > 0 && (name == "UTC" || TimeZoneInfo.TryConvertIanaIdToWindowsId(name, out _)) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw KqlException.NotSupportedValue($"The local stand-in does not know the time zone '{name}'.");
}
