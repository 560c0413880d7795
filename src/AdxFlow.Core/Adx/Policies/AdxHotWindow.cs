using System.Globalization;

namespace AdxFlow;

/// <summary>A stretch of time whose rows stay in the hot cache, however old they are.</summary>
/// <param name="From">Its beginning, in UTC.</param>
/// <param name="To">Its end, in UTC.</param>
public sealed record AdxHotWindow(DateTime From, DateTime To)
{
    /// <summary>The window as <c>from .. to</c>.</summary>
    /// <returns>For example <c>2021-01-01T00:00:00Z .. 2021-02-01T00:00:00Z</c>.</returns>
    public override string ToString() => $"{Text(From)} .. {Text(To)}";

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
