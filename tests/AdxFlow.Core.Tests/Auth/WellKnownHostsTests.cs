using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth;

/// <summary>
/// Hosts as they occur, in the clouds where they do. The kinds of cases are those of the tests of
/// <see href="https://github.com/Azure/azure-kusto-python"/> (test_well_known_kusto_endpoints.py).
/// </summary>
public sealed class WellKnownHostsTests
{
    private const string PublicLogin = "https://login.microsoftonline.com";

    private static readonly string[] Regions =
    [
        "westeurope", "northeurope", "centralus", "germanywestcentral", "eastus2euap", "westcentralus", "southeastasia", "westus2", "eastus2", "australiaeast",
        "southcentralus", "canadacentral", "southafricawest", "eastus", "westus", "koreacentral", "koreasouth", "japaneast", "australiasoutheast", "westus3",
        "uksouth", "switzerlandnorth", "brazilsouth", "francecentral",
    ];

    public static TheoryData<string, string> Clusters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string region in Regions)
            {
                foreach (string name in new[] { $"kusto42iuqj4bejjxq.{region}", $"ingest-rpe2e0827133746fctf.{region}" })
                {
                    data.Add($"https://{name}.kusto.windows.net", PublicLogin);
                    data.Add($"https://{name}.kustomfa.windows.net", PublicLogin);
                    data.Add($"https://{name}.kustodev.windows.net", PublicLogin);
                }
            }

            data.Add("https://customerportalprodeast.kusto.windows.net", PublicLogin);
            data.Add("https://testkustopool.workspace1.kusto.azuresynapse.net", PublicLogin);
            data.Add("https://ingest-testkustopool.workspace1.kusto.azuresynapse.net", PublicLogin);
            data.Add("https://dflskfds.westeurope.kusto.data.microsoft.com", PublicLogin);
            data.Add("https://dflskfds.z7.kusto.fabric.microsoft.com", PublicLogin);
            data.Add("https://ingest-dflskfds.z7.kusto.fabric.microsoft.com", PublicLogin);
            data.Add("https://kusto.aria.microsoft.com", PublicLogin);
            data.Add("https://ade.loganalytics.io", PublicLogin);
            data.Add("https://ade.applicationinsights.io", PublicLogin);
            data.Add("https://adx.monitor.azure.com", PublicLogin);
            data.Add("https://cluster.playfab.com", PublicLogin);
            data.Add("https://cluster.azureplayfab.com", PublicLogin);
            data.Add("https://cluster.playfabapi.com", PublicLogin);
            data.Add("https://cluster.playfab.cn", "https://login.partner.microsoftonline.cn");
            data.Add("https://kustozszokb5yrauyq.kusto.chinacloudapi.cn", "https://login.partner.microsoftonline.cn");
            data.Add("https://pool.workspace.kusto.azuresynapse.azure.cn", "https://login.partner.microsoftonline.cn");
            data.Add("https://kustofrbwrznltavls.kusto.usgovcloudapi.net", "https://login.microsoftonline.us");
            data.Add("https://kusto7j53clqswr4he.kusto.core.eaglex.ic.gov", "https://login.microsoftonline.eaglex.ic.gov");
            data.Add("https://rpe2e0422132101fct2.kusto.core.microsoft.scloud", "https://login.microsoftonline.microsoft.scloud");
            data.Add("https://abc.kusto.sovcloud-api.fr", "https://login.sovcloud-identity.fr");
            data.Add("https://efg.kusto.sovcloud-api.de", "https://login.sovcloud-identity.de");
            data.Add("https://hij.kusto.sovcloud-api.sg", "https://login.sovcloud-identity.sg");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_host_is_trusted_in_its_own_cloud_however_it_is_written(string address, string login)
    {
        foreach (string written in new[] { address, address.ToUpperInvariant() })
        {
            var cluster = new Uri(written);
            new TrustedHosts().Require(cluster);
            new TrustedHosts().RequireSignIn(cluster, Metadata(new Uri(login), cluster));
            new TrustedHosts().RequireSignIn(cluster, Metadata(new Uri(login.ToUpperInvariant()), cluster));
        }
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void It_is_not_trusted_with_the_authority_of_another_cloud(string address, string login)
    {
        var cluster = new Uri(address);
        foreach (TrustedCloud other in TrustedCloud.WellKnown.Where(cloud => cloud.LoginEndpoint != login))
        {
            AdxException error = Assert.Throws<AdxException>(() => new TrustedHosts().RequireSignIn(cluster, Metadata(new Uri(other.LoginEndpoint), cluster)));
            Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        }
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void What_only_looks_like_it_is_not_trusted(string address, string login)
    {
        string host = new Uri(address).Host;
        string evilLogin = new Uri(login).Host + ".evil.com";
        foreach (string other in new[] { $"{host}.evil.com", $"{host}.", $"{host}-evil.com", $"evil.com-{host.Split('.')[^1]}" })
            Assert.Throws<AdxException>(() => new TrustedHosts().Require(new Uri("https://" + other)));
        Assert.Throws<AdxException>(() => new TrustedHosts().RequireSignIn(new Uri(address), Metadata(new Uri("https://" + evilLogin), new Uri(address))));
    }

    [Fact]
    public void The_list_names_each_end_once_and_with_its_dot()
    {
        string[] suffixes = [.. TrustedCloud.WellKnown.SelectMany(cloud => cloud.Suffixes)];
        Assert.All(suffixes, suffix => Assert.StartsWith(".", suffix, StringComparison.Ordinal));
        Assert.Equal(suffixes.Length, suffixes.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string[] hosts = [.. TrustedCloud.WellKnown.SelectMany(cloud => cloud.Hosts)];
        Assert.Equal(hosts.Length, hosts.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains(".kusto.windows.net", suffixes);
        Assert.Contains("kusto.aria.microsoft.com", hosts);
    }

    private static CloudMetadata Metadata(Uri login, Uri resource) => new(true, login, new Uri($"https://{resource.Host}"));
}
