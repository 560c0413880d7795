using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AdxFlow;

/// <summary>
/// Who may be given a role, in the form ADX writes it: <c>aadapp=id;tenant</c> (an application by id or display name, a managed identity by client
/// or object id), <c>aaduser=name@domain</c> or <c>aaduser=id;tenant</c>, <c>aadgroup=mail</c> or <c>aadgroup=name;tenant</c>, <c>msauser=mail</c>.
/// A tenant is its id or its domain name; it may be left out where a mail address implies it.
/// Source: <see href="https://learn.microsoft.com/kusto/management/reference-security-principals"/>.
/// </summary>
public sealed partial record AdxPrincipal
{
    private const int MaxLength = 512;

    private AdxPrincipal(AdxPrincipalKind kind, string id, string? tenant)
    {
        Kind = kind;
        Id = id;
        Tenant = tenant;
    }

    /// <summary>What sort of account it is.</summary>
    public AdxPrincipalKind Kind { get; }

    /// <summary>The application's, user's or group's id, sign-in name or display name. For a managed identity its client id or object id.</summary>
    public string Id { get; }

    /// <summary>The tenant's id or domain name; null where the name implies it.</summary>
    public string? Tenant { get; }

    private string Prefix => Kind switch
    {
        AdxPrincipalKind.Application => "aadapp",
        AdxPrincipalKind.User => "aaduser",
        AdxPrincipalKind.Group => "aadgroup",
        _ => "msauser",
    };

    /// <summary>Reads a principal.</summary>
    /// <param name="text">For example <c>aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com</c>.</param>
    /// <returns>The principal.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidPrincipal</c>: the text is none; the message says why.</exception>
    public static AdxPrincipal Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out AdxPrincipal? principal) is { } reason
            ? throw new AdxException("AdxInvalidPrincipal", AdxErrorKind.InvalidArgument, $"'{(text.Length <= 128 ? text : text[..128] + "…")}' is not a principal: {reason}")
            {
                RecommendedAction = "An application or managed identity is aadapp=<application or object id>;<tenant>; a user aaduser=<name@domain>, or aaduser=<name@domain or object id>;<tenant>; a security group aadgroup=<mail address>, or aadgroup=<display name or object id>;<tenant>; a Microsoft account msauser=<mail address>. A tenant is its id or its domain name.",
            }
            : principal!;
    }

    /// <summary>Reads a principal, if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="principal">The principal.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AdxPrincipal? principal)
    {
        principal = null;
        return text is not null && Read(text, out principal) is null && principal is not null;
    }

    /// <summary>An application or managed identity.</summary>
    /// <param name="id">The application (client) id, or a managed identity's object id.</param>
    /// <param name="tenantId">The tenant's id or domain name.</param>
    /// <returns>The principal.</returns>
    /// <exception cref="AdxException"><c>AdxInvalidPrincipal</c>: one of the two is no id.</exception>
    public static AdxPrincipal Application(string id, string tenantId) => Parse($"aadapp={id};{tenantId}");

    /// <summary>Two principals are the same where kind, id and tenant are, whatever the case of their letters.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(AdxPrincipal? other) =>
        other is not null && Kind == other.Kind
        && Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Tenant, other.Tenant, StringComparison.OrdinalIgnoreCase);

    /// <summary>A hash that goes with <see cref="Equals(AdxPrincipal?)"/>.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>The principal's fully qualified name, as ADX writes it.</summary>
    /// <returns>For example <c>aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com</c>.</returns>
    public override string ToString() => Tenant is null ? $"{Prefix}={Id}" : $"{Prefix}={Id};{Tenant}";

    /// <summary>Reads the text, or says why it is no principal.</summary>
    private static string? Read(string text, out AdxPrincipal? principal)
    {
        principal = null;
        string trimmed = text.Trim();
        int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        if (trimmed.Length > MaxLength)
            return "it is longer than any principal.";
        if (equals < 0)
            return "it does not begin with aadapp=, aaduser=, aadgroup= or msauser=.";

        AdxPrincipalKind? kind = trimmed[..equals].ToLowerInvariant() switch
        {
            "aadapp" => AdxPrincipalKind.Application,
            "aaduser" => AdxPrincipalKind.User,
            "aadgroup" => AdxPrincipalKind.Group,
            "msauser" => AdxPrincipalKind.MicrosoftAccount,
            _ => null,
        };
        if (kind is null)
            return "it does not begin with aadapp=, aaduser=, aadgroup= or msauser=.";

        string[] parts = trimmed[(equals + 1)..].Split(';');
        string id = parts[0].Trim();
        string? tenant = parts.Length > 1 ? parts[1].Trim() : null;
        if (parts.Length > 2)
            return "there is more than one ';'.";
        if (Check(kind.Value, id, tenant) is { } reason)
            return reason;

        principal = new AdxPrincipal(kind.Value, id, tenant);
        return null;
    }

    private static string? Check(AdxPrincipalKind kind, string id, string? tenant)
    {
        bool isGuid = Guid.TryParseExact(id, "D", out _);
        bool isMail = MailName().IsMatch(id);
        if (id.Length == 0)
            return "the id or name is missing.";
        if (!isGuid && !isMail && (kind is AdxPrincipalKind.User or AdxPrincipalKind.MicrosoftAccount || !DisplayName().IsMatch(id)))
            return $"'{id}' is neither an id (00000000-0000-0000-0000-000000000000) nor a name.";
        if (tenant is not null && !Guid.TryParseExact(tenant, "D", out _) && !Domain().IsMatch(tenant))
            return $"'{tenant}' is neither a tenant's id nor its domain name.";

        return kind switch
        {
            AdxPrincipalKind.Application when tenant is null => "the tenant is missing (';' and the tenant's id).",
            AdxPrincipalKind.User or AdxPrincipalKind.Group when tenant is null && !isMail => "the tenant is missing (';' and the tenant's id).",
            AdxPrincipalKind.MicrosoftAccount when tenant is not null || !isMail => "a Microsoft account is a mail address without tenant.",
            _ => null,
        };
    }

    // 'localhost' is the domain of the stand-in's own administrator, whose roles are listed, copied and taken as others are.
    [GeneratedRegex("""^[\p{L}\p{N}.!#$%&'*+/?^_`{|}~-]+@(?:localhost|[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex MailName();

    // Names that people give, an apostrophe inside of a word among them, without anything else that has a meaning in a
    // command. Who has another name is given by id.
    [GeneratedRegex("""^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N} .,_\-()&+#/:\[\]]|(?<=\p{L})['’](?=\p{L}))*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex DisplayName();

    [GeneratedRegex("""^(?:localhost|[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+)\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
