using System.Text.RegularExpressions;

namespace AdxFlow.Http;

/// <summary>Takes signatures and tokens out of text that others wrote (service messages, exceptions of the network) before it is shown.</summary>
internal static partial class Redaction
{
    // A secret that is cut here cannot be told from other text; it lies far behind what is shown.
    private const int Looked = 64 * 1024;

    /// <summary>The beginning of a text, cleaned, with an ellipsis where there is more.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="length">The most that is shown of it, in characters; no more than a few thousand.</param>
    public static string Brief(string text, int length)
    {
        string clean = Clean(text.Length <= Looked ? text : text[..Looked]);
        return clean.Length <= length && text.Length <= Looked ? clean : string.Concat(clean.AsSpan(0, Math.Min(length, clean.Length)), " …");
    }

    public static string Clean(string text) =>
        AddressUserInfo().Replace(JsonWebToken().Replace(BearerToken().Replace(Signature().Replace(text, "$1REDACTED"), "$1 REDACTED"), "REDACTED"), "$1");

    /// <summary>An address as it may be shown: without query, fragment and user info.</summary>
    public static string Address(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The same for an address as somebody typed it, which need not be one.</summary>
    public static string Address(string text) => UserInfo().Replace(text.Split('?', '#')[0], "$1");

    [GeneratedRegex("""^([^/]*//|)[^/]*@""", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""((?:^|[?&;\s])(?:sig|client_secret|client_assertion|access_token|refresh_token|id_token|device_code)=)[^&\s"'<>;]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    // The first part must be a scheme, and the second hold no slash: an '@' in a path or query means something else.
    [GeneratedRegex("""(\b[a-z][a-z0-9+.-]{0,30}://)[^/?#\s"'<>]*@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressUserInfo();

    [GeneratedRegex("""\b(Bearer)\s+[A-Za-z0-9\-._~+/]+=*""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BearerToken();

    [GeneratedRegex("""\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*""", RegexOptions.CultureInvariant)]
    private static partial Regex JsonWebToken();
}
