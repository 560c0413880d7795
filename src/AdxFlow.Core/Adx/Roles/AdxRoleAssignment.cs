namespace AdxFlow;

/// <summary>A role that somebody has.</summary>
public sealed class AdxRoleAssignment
{
    /// <summary>The role.</summary>
    public required AdxRole Role { get; init; }

    /// <summary>The role in the service's words, such as <c>Table StormEvents Ingestor</c>.</summary>
    public string RoleText { get; init; } = string.Empty;

    /// <summary>What it holds for.</summary>
    public required AdxRoleScope Scope { get; init; }

    /// <summary>The database it was asked for.</summary>
    public required string Database { get; init; }

    /// <summary>The table; null for a role on the database or the cluster.</summary>
    public string? Table { get; init; }

    /// <summary>What sort of account the principal is, in the service's words.</summary>
    public string PrincipalType { get; init; } = string.Empty;

    /// <summary>The principal's name for people.</summary>
    public string PrincipalDisplayName { get; init; } = string.Empty;

    /// <summary>The principal's object id in Entra ID; empty where the service does not tell.</summary>
    public string PrincipalObjectId { get; init; } = string.Empty;

    /// <summary>The principal's fully qualified name, such as <c>aadapp=id;tenant</c>.</summary>
    public string PrincipalFqn { get; init; } = string.Empty;

    /// <summary>The note given with the role; empty where there is none.</summary>
    public string Notes { get; init; } = string.Empty;

    /// <summary>Says who has which role.</summary>
    /// <returns>For example <c>Table StormEvents Ingestor: aadapp=id;tenant</c>.</returns>
    public override string ToString() => $"{RoleText}: {PrincipalFqn}";

    /// <summary>Whether it is this role, on the table or (without one) on the database itself.</summary>
    internal bool Is(AdxRole role, string? table) => Role == role && Scope == (table is null ? AdxRoleScope.Database : AdxRoleScope.Table);

    /// <summary>Whether both say the same: a role of one principal in one place.</summary>
    internal bool IsSame(AdxRoleAssignment other) =>
        RoleText == other.RoleText && Scope == other.Scope && PrincipalFqn.Equals(other.PrincipalFqn, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the principal is meant. The service may write it otherwise than it was given: with the tenant's id for its domain,
    /// with the object id for the sign-in name.
    /// </summary>
    internal bool IsFor(AdxPrincipal principal)
    {
        if (PrincipalFqn.Equals(principal.ToString(), StringComparison.OrdinalIgnoreCase))
            return true;

        // An id is unique whatever the tenant is called; a name is not.
        bool isId = Guid.TryParse(principal.Id, out _);
        if (isId && PrincipalObjectId.Equals(principal.Id, StringComparison.OrdinalIgnoreCase))
            return true;
        if (AdxPrincipal.TryParse(PrincipalFqn, out AdxPrincipal? named) && named.Kind == principal.Kind && named.Id.Equals(principal.Id, StringComparison.OrdinalIgnoreCase))
            return named.Tenant is null || principal.Tenant is null || (isId && !(Guid.TryParse(named.Tenant, out _) && Guid.TryParse(principal.Tenant, out _)))
                || named.Tenant.Equals(principal.Tenant, StringComparison.OrdinalIgnoreCase);

        return PrincipalDisplayName.Contains($"(upn: {principal.Id})", StringComparison.OrdinalIgnoreCase)
            || PrincipalDisplayName.Contains($"(app id: {principal.Id})", StringComparison.OrdinalIgnoreCase);
    }
}
