namespace AdxFlow.Adx;

/// <summary>
/// One keyword of a Kusto connection string. Sources: <see href="https://learn.microsoft.com/kusto/api/connection-strings/kusto"/>
/// for the names, and <c>kcsb.json</c> in <see href="https://github.com/Azure/azure-kusto-python"/> for further ways to write them.
/// </summary>
/// <param name="Name">As it is told to people.</param>
/// <param name="Effect">What is done with it.</param>
/// <param name="Advice">For one that is refused: what to do instead.</param>
internal sealed record ConnectionStringKeyword(string Name, ConnectionStringEffect Effect = ConnectionStringEffect.Used, string? Advice = null)
{
    private const string CertificateAdvice = "Use -CertificateThumbprint or -CertificatePath with -ApplicationId and -TenantId.";

    public static readonly ConnectionStringKeyword DataSource = new("Data Source");
    public static readonly ConnectionStringKeyword InitialCatalog = new("Initial Catalog");
    public static readonly ConnectionStringKeyword QueryConsistency = new("Query Consistency");
    public static readonly ConnectionStringKeyword FederatedSecurity = new("AAD Federated Security");
    public static readonly ConnectionStringKeyword AuthorityId = new("Authority Id");
    public static readonly ConnectionStringKeyword UserId = new("User ID");
    public static readonly ConnectionStringKeyword UserToken = new("User Token", ConnectionStringEffect.Secret);
    public static readonly ConnectionStringKeyword ApplicationToken = new("Application Token", ConnectionStringEffect.Secret);
    public static readonly ConnectionStringKeyword ApplicationClientId = new("Application Client Id");
    public static readonly ConnectionStringKeyword ApplicationKey = new("Application Key", ConnectionStringEffect.Secret);
    public static readonly ConnectionStringKeyword CertificateThumbprint = new("Application Certificate Thumbprint");
    public static readonly ConnectionStringKeyword TraceApplication = new("Application Name for Tracing");
    public static readonly ConnectionStringKeyword TraceUser = new("User Name for Tracing");

    private static readonly Dictionary<string, ConnectionStringKeyword> Known = Table(
        (DataSource, ["Addr", "Address", "Network Address", "Server"]),
        (InitialCatalog, ["Database"]),
        (QueryConsistency, []),
        (FederatedSecurity, ["Microsoft Entra ID Federated Security", "Federated Security", "Federated", "Fed", "AADFed"]),
        (AuthorityId, ["TenantId", "Tenant", "Tid", "Authority", "Domain Hint"]),
        (UserId, ["UID", "User", "Login Hint", "AAD User ID"]),
        (UserToken, ["UsrToken"]),
        (ApplicationToken, ["AppToken"]),
        (ApplicationClientId, ["AppClientId"]),
        (ApplicationKey, ["AppKey"]),
        (CertificateThumbprint, ["AppCert"]),
        (TraceApplication, ["TraceAppName"]),
        (TraceUser, ["TraceUserName"]),

        // What they ask for is what this module does anyway, or makes no difference to the outcome.
        (new("Accept", ConnectionStringEffect.None), []),
        (new("Streaming", ConnectionStringEffect.None), []),
        (new("Uncompressed", ConnectionStringEffect.None), []),
        (new("Client Version for Tracing", ConnectionStringEffect.None), ["TraceClientVersion"]),
        (new("Azure Region", ConnectionStringEffect.None), ["Region"]),

        (new("dSTS Federated Security", ConnectionStringEffect.RefusedIfTrue, "dSTS is for Microsoft's own services. Sign in with Microsoft Entra."), ["dstsFed", "dstsTokenType"]),
        (new("EnforceMfa", ConnectionStringEffect.RefusedIfTrue, "The cluster and its tenant say whether several factors are needed."), []),
        (new("Application Certificate SendX5c", ConnectionStringEffect.RefusedIfTrue, CertificateAdvice), ["Application Certificate X5c", "SendX5c", "Application Certificate Send Public Certificate", "Send Certificate Chain"]),
        (new("Application Certificate Blob", ConnectionStringEffect.Refused, CertificateAdvice), []),
        (new("Application Certificate Subject Distinguished Name", ConnectionStringEffect.Refused, CertificateAdvice), ["Application Certificate Subject"]),
        (new("Application Certificate Issuer Distinguished Name", ConnectionStringEffect.Refused, CertificateAdvice), ["Application Certificate Issuer"]),
        (new("Password", ConnectionStringEffect.Refused, "Nobody signs in with a user's password any more. Sign in interactively, or as an application (Application Client Id, Application Key, Authority Id)."), ["Pwd"]),
        (new("Data Source Uri", ConnectionStringEffect.Refused, "Write Data Source instead."), ["Server Uri", "Cluster Uri"]),
        (new("Namespace", ConnectionStringEffect.Refused, "Leave it out."), ["NS"]),
        (new("ManagedServiceIdentity", ConnectionStringEffect.Refused, "Use -ManagedIdentity, with -ClientId for a user-assigned one."), ["EmbeddedManagedIdentity", "Managed Identity"]));

    /// <summary>The keyword, however it is written: case and spaces do not count. Null where there is none of that name.</summary>
    public static ConnectionStringKeyword? Find(string name) => Known.GetValueOrDefault(Normalize(name));

    private static string Normalize(string name) => name.Replace(" ", string.Empty, StringComparison.Ordinal).Trim().ToUpperInvariant();

    private static Dictionary<string, ConnectionStringKeyword> Table(params (ConnectionStringKeyword Keyword, string[] Aliases)[] rows)
    {
        var table = new Dictionary<string, ConnectionStringKeyword>(StringComparer.Ordinal);
        foreach ((ConnectionStringKeyword keyword, string[] aliases) in rows)
        {
            table.Add(Normalize(keyword.Name), keyword);
            foreach (string alias in aliases)
                table.Add(Normalize(alias), keyword);
        }

        return table;
    }
}
