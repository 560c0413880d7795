using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace AdxFlow.PowerShell.Support;

/// <summary>
/// Takes durations as KQL writes them (<c>'30d'</c>, <c>'12h'</c>, <c>'10m'</c>, <c>'30s'</c>), as .NET does (<c>'30.00:00:00'</c>), or as a TimeSpan.
/// A bare number other than 0 is refused: PowerShell would make 30 ticks of 30, but 30 days of '30'.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The duration.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">There is no unit, or it is no duration.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // Null is for the parameter's own type to take or refuse.
        if (inputData is null)
            return null!;
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        // PowerShell reads 30d and 30s as numbers with a suffix, but still knows how they were written.
        return input is TimeSpan span ? span : Parse(LanguagePrimitives.ConvertTo<string>(inputData).Trim());
    }

    private static TimeSpan Parse(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        Match kql = Literal().Match(text);
        try
        {
            if (kql.Success)
                return Unit(kql.Groups[2].Value) * double.Parse(kql.Groups[1].Value, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw Unfit(text);
        }
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? span : throw Unfit(text);
    }

    private static TimeSpan Unit(string letter) => letter switch
    {
        "d" => TimeSpan.FromDays(1),
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    private static ArgumentTransformationMetadataException Unfit(string text) =>
        new($"'{text}' is no duration. Give the unit: '30d', '12h', '10m', '30s', or '30.00:00:00' (days.hours:minutes:seconds).");

    [GeneratedRegex(@"^(-?\d{1,12}(?:\.\d{1,9})?)([dhms])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
