using System.Text.Json;
using System.Text.RegularExpressions;

namespace AdxFlow.Http;

/// <summary>
/// Reads texts out of JSON that others wrote. Whoever cuts a text after so many characters may leave half of one, which .NET refuses to
/// read; it is no reason to lose the rest of what a service says.
/// </summary>
internal static partial class JsonText
{
    /// <summary>The text of a JSON string, with U+FFFD for half of a character.</summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException) when (text.ValueKind == JsonValueKind.String)
        {
            return JsonSerializer.Deserialize<string>(HalfCharacter().Replace(text.GetRawText(), @"\ufffd"))!;
        }
    }

    /// <summary>Whether a property has that name, in any case. A name with half of a character is none that anybody asks for.</summary>
    public static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex("""\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F][0-9a-fA-F]{2})""", RegexOptions.CultureInvariant)]
    private static partial Regex HalfCharacter();
}
