namespace AdxFlow.Auth;

/// <summary>One cloud: the authority that signs its tokens, and the hosts that may be sent them.</summary>
/// <param name="LoginEndpoint">The origin of the authority.</param>
/// <param name="Suffixes">Ends of host names, each with its leading dot.</param>
/// <param name="Hosts">Whole host names.</param>
internal sealed record TrustedCloud(string LoginEndpoint, IReadOnlyList<string> Suffixes, IReadOnlyList<string> Hosts)
{
    /// <summary>
    /// The well-known hosts of Azure Data Explorer and its kin. The facts are those of <c>wellKnownKustoEndpoints.json</c>
    /// in <see href="https://github.com/Azure/azure-kusto-python"/>.
    /// </summary>
    public static IReadOnlyList<TrustedCloud> WellKnown { get; } =
    [
        new("https://login.microsoftonline.com",
            [
                ".kusto.windows.net", ".kustomfa.windows.net", ".kustodev.windows.net",
                ".kusto.data.microsoft.com", ".kusto.fabric.microsoft.com",
                ".kusto.azuresynapse.net", ".kustodev.azuresynapse-dogfood.net",
                ".dxp.aad.azure.com", ".dxp-dev.aad.azure.com",
                ".playfab.com", ".playfabapi.com", ".azureplayfab.com",
                ".api.securityplatform.microsoft.com", ".securitycenter.windows.com",
                ".arg.core.windows.net", ".arg-df.core.windows.net", ".arg-int.core.windows.net",
            ],
            [
                "adx.monitor.azure.com", "adx.int.monitor.azure.com",
                "adx.loganalytics.azure.com", "adx.int.loganalytics.azure.com", "ade.loganalytics.io",
                "adx.applicationinsights.azure.com", "adx.int.applicationinsights.azure.com", "adx.aimon.applicationinsights.azure.com",
                "ade.applicationinsights.io",
                "kusto.aria.microsoft.com", "eu.kusto.aria.microsoft.com",
                "api.securityplatform.microsoft.com",
            ]),
        new("https://login.microsoftonline.us",
            [".kusto.usgovcloudapi.net", ".kustomfa.usgovcloudapi.net", ".arg.core.usgovcloudapi.net"],
            ["adx.monitor.azure.us", "adx.loganalytics.azure.us", "adx.applicationinsights.azure.us"]),
        new("https://login.partner.microsoftonline.cn",
            [".kusto.chinacloudapi.cn", ".kustomfa.chinacloudapi.cn", ".kusto.azuresynapse.azure.cn", ".playfab.cn", ".arg.core.chinacloudapi.cn"],
            ["adx.monitor.azure.cn", "adx.loganalytics.azure.cn", "adx.applicationinsights.azure.cn"]),
        new("https://login.microsoftonline.eaglex.ic.gov",
            [".kusto.core.eaglex.ic.gov", ".kustomfa.core.eaglex.ic.gov", ".arg.core.eaglex.ic.gov"],
            ["adx.monitor.azure.eaglex.ic.gov", "adx.loganalytics.azure.eaglex.ic.gov", "adx.applicationinsights.azure.eaglex.ic.gov"]),
        new("https://login.microsoftonline.microsoft.scloud",
            [".kusto.core.microsoft.scloud", ".kustomfa.core.microsoft.scloud", ".arg.core.microsoft.scloud"],
            ["adx.monitor.azure.microsoft.scloud", "adx.loganalytics.azure.microsoft.scloud", "adx.applicationinsights.azure.microsoft.scloud"]),
        new("https://login.sovcloud-identity.fr",
            [".kusto.sovcloud-api.fr", ".kustomfa.sovcloud-api.fr"],
            ["adx.monitor.azure.fr", "adx.loganalytics.azure.fr", "adx.applicationinsights.azure.fr"]),
        new("https://login.sovcloud-identity.de",
            [".kusto.sovcloud-api.de", ".kustomfa.sovcloud-api.de"],
            ["adx.monitor.azure.de", "adx.loganalytics.azure.de", "adx.applicationinsights.azure.de"]),
        new("https://login.sovcloud-identity.sg",
            [".kusto.sovcloud-api.sg", ".kustomfa.sovcloud-api.sg"],
            ["adx.monitor.azure.sg", "adx.loganalytics.azure.sg", "adx.applicationinsights.azure.sg"]),
    ];

    /// <summary>True for a host that is known by its whole name: a proxy to another store (Azure Monitor, say), which one queries and does not ingest into.</summary>
    public static bool IsQueryProxy(string host) => WellKnown.Any(cloud => cloud.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase));

    /// <summary>True where the cloud serves that host.</summary>
    public bool Serves(string host) => HostRule.Matches(host, Suffixes, Hosts);

    /// <summary>True where the address is this cloud's authority: https, that host, the default port.</summary>
    public bool IsAuthority(Uri login) =>
        login.Scheme == Uri.UriSchemeHttps && login.IsDefaultPort && login.UserInfo.Length == 0
        && login.Host.Equals(new Uri(LoginEndpoint).Host, StringComparison.OrdinalIgnoreCase);
}
