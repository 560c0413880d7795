namespace AdxFlow.Local.Endpoints.Access;

/// <summary>Who sends a request, as the claims of the token tell.</summary>
internal sealed record Caller
{
    /// <summary>Before the sender is established; has no right.</summary>
    public static Caller Nobody { get; } = new();

    /// <summary>A sender without a token: on loopback, the owner of the process, with every right.</summary>
    public static Caller Administrator { get; } = new()
    {
        IsAdministrator = true,
        Kind = PrincipalKind.User,
        UserPrincipalName = "administrator@localhost",
        TenantId = "localhost",
    };

    public bool IsAdministrator { get; init; }

    public PrincipalKind Kind { get; init; } = PrincipalKind.User;

    /// <summary>Claim <c>appid</c> or <c>azp</c>.</summary>
    public string ApplicationId { get; init; } = "";

    /// <summary>Claim <c>oid</c>.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>Claim <c>tid</c>.</summary>
    public string TenantId { get; init; } = "";

    /// <summary>Claim <c>upn</c> or <c>unique_name</c>.</summary>
    public string UserPrincipalName { get; init; } = "";

    /// <summary>Claim <c>groups</c>.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The caller as a principal that can be given a role.</summary>
    public Principal Principal
    {
        get
        {
            string id = Kind == PrincipalKind.App
                ? FirstOf(ApplicationId, ObjectId)
                : FirstOf(UserPrincipalName, ObjectId);
            return new Principal(Kind, id.ToLowerInvariant(), TenantId.ToLowerInvariant());
        }
    }

    public string Fqn => ReferenceEquals(this, Nobody) ? "" : Principal.Fqn;

    private static string FirstOf(string first, string second) => first.Length > 0 ? first : second;
}
