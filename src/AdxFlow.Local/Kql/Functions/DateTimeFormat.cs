using System.Globalization;
using System.Text;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>The formats of <c>format_datetime()</c>: the documented elements and delimiters, nothing else.</summary>
internal static class DateTimeFormat
{
    private const string Delimiters = " /-:,._[]";

    public static string Apply(long ticks, string format)
    {
        var moment = new DateTime(ticks, DateTimeKind.Utc);
        var result = new StringBuilder(format.Length + 8);
        for (int i = 0; i < format.Length;)
        {
            char c = format[i];
            int length = 1;
            while (i + length < format.Length && format[i + length] == c) length++;
            if (Delimiters.Contains(c, StringComparison.Ordinal))
                result.Append(c, length);
            else
                result.Append(Element(moment, c, length, format));
            i += length;
        }

        return result.ToString();
    }

    private static string Element(DateTime moment, char element, int length, string format)
    {
        bool known = element switch
        {
            'd' or 'h' or 'H' or 'm' or 'M' or 's' => length <= 2,
            'f' or 'F' => length <= 7,
            'y' => length is 1 or 2 or 4,
            't' => length == 2,
            _ => false,
        };
        if (!known) throw KqlException.Runtime($"format_datetime(): the format '{format}' has the unknown element '{new string(element, length)}'.");

        // A format of one letter alone would name one of .NET's standard formats; the percent sign prevents that.
        return moment.ToString(length == 1 ? $"%{element}" : new string(element, length), CultureInfo.InvariantCulture);
    }
}
