using System.Buffers;

namespace AdxFlow.Local.Endpoints.Access;

/// <summary>A principal as a role command names it, normalised: lower-case prefix, identifier and tenant.</summary>
/// <remarks>Source: Microsoft Learn, "Referencing security principals".</remarks>
internal sealed record Principal(PrincipalKind Kind, string Id, string Tenant)
{
    private static readonly SearchValues<char> NotInIdentifiers = SearchValues.Create(" =\r\n\t\"");

    /// <summary>The fully qualified name, such as <c>aadapp=&lt;guid&gt;;&lt;tenant&gt;</c>.</summary>
    public string Fqn => Prefix + "=" + Id + (Tenant.Length > 0 ? ";" + Tenant : "");

    /// <summary>The kind as role listings tell it.</summary>
    public string TypeName => Kind switch
    {
        PrincipalKind.App => "Microsoft Entra application",
        PrincipalKind.Group => "Microsoft Entra group",
        PrincipalKind.MicrosoftAccount => "Microsoft account",
        _ => "Microsoft Entra user",
    };

    private string Prefix => Kind switch
    {
        PrincipalKind.App => "aadapp",
        PrincipalKind.Group => "aadgroup",
        PrincipalKind.MicrosoftAccount => "msauser",
        _ => "aaduser",
    };

    /// <summary>Reads a principal.</summary>
    /// <exception cref="ServiceException">It is malformed, or an application that is not told by its id: the stand-in
    /// has no directory in which to look up a display name.</exception>
    public static Principal Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw Invalid(text, "a principal has the form 'aadapp=ApplicationId;TenantId', 'aaduser=UPN' or 'aadgroup=ObjectId;TenantId'");
        PrincipalKind kind = text[..equals].Trim().ToLowerInvariant() switch
        {
            "aadapp" => PrincipalKind.App,
            "aaduser" => PrincipalKind.User,
            "aadgroup" => PrincipalKind.Group,
            "msauser" => PrincipalKind.MicrosoftAccount,
            string other => throw Invalid(text, $"'{other}' is not one of aadapp, aaduser, aadgroup, msauser"),
        };
        string[] parts = text[(equals + 1)..].Split(';');
        string id = Normalise(parts[0]);
        string tenant = parts.Length > 1 ? Normalise(parts[1]) : "";
        if (parts.Length > 2) throw Invalid(text, "it has more than an identifier and a tenant");
        if (id.Length == 0) throw Invalid(text, "the identifier is empty");
        if (parts.Length == 2 && tenant.Length == 0) throw Invalid(text, "the tenant is empty");
        // A user may be called o'brien@contoso.com, a tenant may not.
        bool isOdd = (id + tenant).AsSpan().ContainsAny(NotInIdentifiers) || tenant.Contains('\'', StringComparison.Ordinal);
        if (isOdd && kind != PrincipalKind.Group) throw Invalid(text, "it contains a character that an identifier cannot have");
        bool isGuid = Guid.TryParseExact(id, "D", out _);
        if (kind == PrincipalKind.App && !isGuid) throw Invalid(text, "the application id is not a GUID, and there is no directory here to look up a display name in");
        if (kind is PrincipalKind.User && !isGuid && !id.Contains('@', StringComparison.Ordinal)) throw Invalid(text, "a user is told by a user principal name or an object id");
        if (kind is PrincipalKind.MicrosoftAccount && !id.Contains('@', StringComparison.Ordinal)) throw Invalid(text, "a Microsoft account is told by its e-mail address");
        return new Principal(kind, id, tenant);
    }

    /// <summary>True where the caller is this principal, or a member of this group.</summary>
    public bool Matches(Caller caller) => Kind switch
    {
        PrincipalKind.App => caller.Kind == PrincipalKind.App && IsId(caller.ApplicationId, caller.ObjectId) && IsTenant(caller),
        PrincipalKind.Group => caller.Groups.Contains(Id, StringComparer.OrdinalIgnoreCase) && IsTenant(caller),
        _ => caller.Kind == PrincipalKind.User && IsId(caller.UserPrincipalName, caller.ObjectId) && IsTenant(caller),
    };

    private static string Normalise(string part) => part.Trim().ToLowerInvariant();

    private static ServiceException Invalid(string text, string why) =>
        ServiceException.BadRequest($"Principal '{text}' is not valid: {why}.", "BadRequest_InvalidPrincipal");

    private bool IsId(string first, string second) =>
        Id.Equals(first, StringComparison.OrdinalIgnoreCase) || Id.Equals(second, StringComparison.OrdinalIgnoreCase);

    private bool IsTenant(Caller caller) => Tenant.Length == 0 || Tenant.Equals(caller.TenantId, StringComparison.OrdinalIgnoreCase);
}
