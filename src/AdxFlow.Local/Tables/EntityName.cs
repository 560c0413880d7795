using System.Text;

namespace AdxFlow.Local.Tables;

/// <summary>Which names tables, columns, mappings and the like may have.</summary>
/// <remarks>Source: Microsoft Learn, "Entity names".</remarks>
internal static class EntityName
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 1024;

    private const string Reserved = "__";

    /// <summary>True for letters, digits, underscores, spaces, dots and dashes, of which none is one of the language's own.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name.EnumerateRunes().All(IsValid)
        && !name.StartsWith(Reserved, StringComparison.Ordinal) && !name.EndsWith(Reserved, StringComparison.Ordinal);

    private static bool IsValid(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '_' or ' ' or '.' or '-';
}
