using System.Globalization;

namespace AdxFlow.Flow;

/// <summary>
/// Names of fields: letters, digits, dashes and underscores, with no underscore in front.
/// Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/xdm/api/getting-started"/>, "XDM field constraints".
/// </summary>
internal static class FieldNames
{
    /// <summary>A column's name as a field's.</summary>
    public static string Of(string column)
    {
        string name = string.Concat(column.Select(static letter => IsAllowed(letter) ? letter : '_')).TrimStart('_', '-');
        return name.Length > 0 ? name : "field";
    }

    /// <summary>The name, with a number where it is taken, whatever the case of its letters.</summary>
    public static string Distinct(string name, HashSet<string> taken)
    {
        string distinct = name;
        for (int number = 2; !taken.Add(distinct); number++)
            distinct = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        return distinct;
    }

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
