using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AdxFlow.Adx;

/// <summary>
/// The only place where names and values become part of a command or query.
/// The escaping rule round-trips through the official KQL parser for every text.
/// </summary>
public static class Kql
{
    /// <summary>The longest name of an entity, in characters. Source: <see href="https://learn.microsoft.com/kusto/query/schema-entities/entity-names"/>.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>A reference to a table, column, database or mapping: <c>['name']</c>, so that keywords and odd characters are names as well.</summary>
    /// <param name="name">The name, 1 to 1,024 characters.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidName</c>: the name is empty, too long, or has control characters.</exception>
    public static string Name(string name) => $"[{String(CheckedName(name))}]";

    /// <summary>A string literal in single quotes.</summary>
    /// <param name="text">The text; null becomes the empty string, which is what ADX has in its place.</param>
    /// <returns>The literal.</returns>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It writes what KQL calls a string.")]
    public static string String(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "''";

        var literal = new StringBuilder(text.Length + 8).Append('\'');
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            switch (letter)
            {
                case '\'' or '"' or '\\':
                    literal.Append('\\').Append(letter);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                default:
                    // A lone surrogate cannot be written in UTF-8; escaped it arrives as it is.
                    bool pair = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                    if (pair)
                        literal.Append(letter).Append(text[++i]);
                    else if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029')
                        literal.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        literal.Append(letter);
                    break;
            }
        }

        return literal.Append('\'').ToString();
    }

    /// <summary>A string literal that the service masks in its logs: <c>h'…'</c>. For addresses with a SAS.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The literal.</returns>
    public static string SecretString(string text) => "h" + String(text);

    /// <summary>A principal as a literal, checked before it is quoted.</summary>
    /// <param name="principal">For example <c>aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com</c>.</param>
    /// <returns>The literal.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidPrincipal</c>: the text is no principal.</exception>
    public static string Principal(string principal) => String(AdxPrincipal.Parse(principal).ToString());

    /// <summary>
    /// A value as a literal of its type: .NET's bool, integers, floating-point numbers, decimal, DateTime (without a kind it is UTC),
    /// DateTimeOffset, DateOnly, TimeSpan, Guid, text; dictionaries and lists become dynamic; null becomes <c>dynamic(null)</c>.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>The literal.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidLiteral</c>: there is no literal for such a value.</exception>
    public static string Literal(object? value) => KqlLiteral.Write(value);

    /// <summary>A value as a literal of a given type; null becomes that type's null, or the empty string.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type.</param>
    /// <returns>The literal.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidLiteral</c>: the value does not fit the type.</exception>
    public static string Literal(object? value, AdxType type) => KqlLiteral.Write(value, type);

    /// <summary>The name, if it is one.</summary>
    internal static string CheckedName(string name)
    {
        string? reason = name switch
        {
            null or "" => "it is empty.",
            { Length: > MaxNameLength } => $"it has {name.Length} characters; {MaxNameLength} are the limit.",
            _ when string.IsNullOrWhiteSpace(name) => "it is blank.",
            _ when name.Any(char.IsControl) => "it has control characters.",
            _ when HasLoneSurrogate(name) => "it has half of a character.",
            _ => null,
        };
        if (reason is null)
            return name!;

        string shown = name is null ? string.Empty : name.Length <= 64 ? name : name[..64] + "…";
        throw new AdxException("AdxInvalidName", AdxErrorKind.InvalidArgument, $"'{shown}' is not a name: {reason}")
        {
            RecommendedAction = "Names have 1 to 1,024 characters: letters, digits, '_', space, '.' and '-'.",
        };
    }

    /// <summary>Whether it has half of a character, which no UTF-8 and so no JSON can hold.</summary>
    internal static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
