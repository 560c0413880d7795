using System.Globalization;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Sizes of data as text.</summary>
/// <remarks>Source: Microsoft Learn, "format_bytes()". How a half is rounded, and whether zeros at the end stay, is not told there.</remarks>
internal static class SizeFunctions
{
    private static readonly string[] Units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("format_bytes", FirstArgument,
            new Overload(KustoType.String, Kernels.Map<double, string>(KustoType.String, size => Format(size, 0, "")), Arg.Number),
            new Overload(KustoType.String, Kernels.Map<double, long, string>(KustoType.String, (size, precision) => Format(size, precision, "")), Arg.Number, Arg.Long),
            new Overload(KustoType.String, Kernels.Map<double, long, string, string>(KustoType.String, Format), Arg.Number, Arg.Long, Arg.String)) { Constants = [1, 2] },
    ];

    private static string Format(double size, long precision, string unit)
    {
        if (!double.IsFinite(size) || size < 0) throw Open("a size that is negative or not finite");
        if (precision is < 0 or > 10) throw Open("a precision that is not between 0 and 10");
        int chosen = unit.Length > 0 ? Array.IndexOf(Units, unit) : Math.Min(Units.Length - 1, size < 1 ? 0 : (int)Math.Floor(Math.Log2(size) / 10));
        if (chosen < 0) throw Open($"the unit '{unit}'");
        decimal scaled = (decimal)(size / Math.Pow(1024, chosen));
        decimal rounded = Math.Round(scaled, (int)precision);
        if (rounded != Math.Round(scaled, (int)precision, MidpointRounding.AwayFromZero)) throw Open("a size that is half of the last digit");
        if (unit.Length == 0 && rounded >= 1024 && chosen < Units.Length - 1) throw Open("a size that is rounded up to the next unit");
        string text = rounded.ToString($"F{precision.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
        if (precision > 0 && text[^1] == '0') throw Open("a size whose last digit is zero");
        return $"{text} {Units[chosen]}";
    }

    private static KqlException Open(string what) => KqlException.NotSupportedValue($"The local stand-in does not know how format_bytes() writes {what}.");
}
