using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth;

public sealed class TrustedHostsTests
{
    [Theory]
    [InlineData("https://mycluster.westeurope.kusto.windows.net")]
    [InlineData("https://MYCLUSTER.WESTEUROPE.KUSTO.WINDOWS.NET")]
    [InlineData("https://ingest-mycluster.westeurope.kusto.windows.net")]
    [InlineData("https://help.kusto.windows.net/Samples")]
    [InlineData("https://help.kusto.windows.net:443")]
    [InlineData("https://c.kustomfa.windows.net")]
    [InlineData("https://c.kustodev.windows.net")]
    [InlineData("https://pool.workspace.kusto.azuresynapse.net")]
    [InlineData("https://pool.workspace.kustodev.azuresynapse-dogfood.net")]
    [InlineData("https://trd-abc.z1.kusto.fabric.microsoft.com")]
    [InlineData("https://ingest-trd-abc.z1.kusto.fabric.microsoft.com")]
    [InlineData("https://kvc123.northeurope.kusto.data.microsoft.com")]
    [InlineData("https://x.dxp.aad.azure.com")]
    [InlineData("https://x.dxp-dev.aad.azure.com")]
    [InlineData("https://x.playfab.com")]
    [InlineData("https://x.playfabapi.com")]
    [InlineData("https://x.azureplayfab.com")]
    [InlineData("https://api.securityplatform.microsoft.com")]
    [InlineData("https://x.api.securityplatform.microsoft.com")]
    [InlineData("https://x.securitycenter.windows.com")]
    [InlineData("https://x.arg.core.windows.net")]
    [InlineData("https://adx.monitor.azure.com")]
    [InlineData("https://ADX.Monitor.Azure.Com")]
    [InlineData("https://ade.loganalytics.io")]
    [InlineData("https://ade.applicationinsights.io")]
    [InlineData("https://kusto.aria.microsoft.com")]
    [InlineData("https://eu.kusto.aria.microsoft.com")]
    [InlineData("https://c.kusto.usgovcloudapi.net")]
    [InlineData("https://c.kustomfa.usgovcloudapi.net")]
    [InlineData("https://adx.monitor.azure.us")]
    [InlineData("https://c.kusto.chinacloudapi.cn")]
    [InlineData("https://c.kusto.azuresynapse.azure.cn")]
    [InlineData("https://x.playfab.cn")]
    [InlineData("https://c.kusto.core.eaglex.ic.gov")]
    [InlineData("https://c.kusto.core.microsoft.scloud")]
    [InlineData("https://c.kusto.sovcloud-api.fr")]
    [InlineData("https://c.kusto.sovcloud-api.de")]
    [InlineData("https://c.kusto.sovcloud-api.sg")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://LOCALHOST:8080")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.1.2.3")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://localhost")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:8080")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("http://2130706433:8080")]
    [InlineData("http://0x7f.1")]
    [InlineData("http://0177.0.0.1")]
    [InlineData("https://c.westeurope.kusto.windows.net:8443")]
    [InlineData("https://c_d.kusto.windows.net")]
    public void A_host_of_Azure_Data_Explorer_or_this_machine_is_trusted(string address) =>
        new TrustedHosts().Require(new Uri(address));

    [Theory]
    [InlineData("https://localhostess", "AdxHostNotTrusted")]
    [InlineData("https://localhost.evil.com", "AdxHostNotTrusted")]
    [InlineData("https://127.0.0.1.evil.com", "AdxHostNotTrusted")]
    [InlineData("http://127.0.0.1.a", "AdxHttpNotAllowed")]
    [InlineData("https://128.0.0.1", "AdxHostNotTrusted")]
    [InlineData("https://kusto.windows.net.evil.com", "AdxHostNotTrusted")]
    [InlineData("https://evilkusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://c.notkusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://kusto.azurewebsites.net", "AdxHostNotTrusted")]
    [InlineData("https://cluster.adx.monitor.azure.com", "AdxHostNotTrusted")]
    [InlineData("https://cluster.kusto.aria.microsoft.com", "AdxHostNotTrusted")]
    [InlineData("https://cluster.ade.loganalytics.io", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.windows.net.", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.windows.net@evil.com", "AdxHostNotTrusted")]
    [InlineData("https://user:secret@c.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("http://c.kusto.windows.net", "AdxHttpNotAllowed")]
    [InlineData("http://localhostess:8080", "AdxHttpNotAllowed")]
    [InlineData("ftp://c.kusto.windows.net", "AdxHttpNotAllowed")]
    [InlineData("https://[::2]", "AdxHostNotTrusted")]
    [InlineData("https://[::]", "AdxHostNotTrusted")]
    [InlineData("http://[::]", "AdxHttpNotAllowed")]
    [InlineData("http://0.0.0.0:8080", "AdxHttpNotAllowed")]
    [InlineData("https://0.0.0.0", "AdxHostNotTrusted")]
    [InlineData("http://2851995649", "AdxHttpNotAllowed")] // 169.254.1.1
    [InlineData("https://0xA9.0xFE.0xA9.0xFE", "AdxHostNotTrusted")]
    [InlineData("https://0251.0376.0251.0376", "AdxHostNotTrusted")]
    [InlineData("http://169.254.169.254", "AdxHttpNotAllowed")]
    [InlineData("https://[::ffff:10.0.0.1]", "AdxHostNotTrusted")]
    [InlineData("http://127.0.0.1.", "AdxHttpNotAllowed")]
    [InlineData("https://localhost.", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.windows.net:8443@evil.com", "AdxHostNotTrusted")]
    [InlineData("https://evil.com:443/c.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://evil.com/.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://evil.com?.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://evil.com#.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.windows.net\u3002", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto\u3002windows.net", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.w\u0456ndows.net", "AdxHostNotTrusted")]
    [InlineData("https://\uff43.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://\u2460\uff127.0.0.1", "AdxHostNotTrusted")]
    [InlineData("https://xn--kusto-abc.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://c.kusto.xn--wndows-bza.net", "AdxHostNotTrusted")]
    [InlineData("https://some.azurewebsites.net", "AdxHostNotTrusted")]
    [InlineData("https://cluster.eu.kusto.aria.microsoft.com", "AdxHostNotTrusted")]
    [InlineData("https://cluster.ade.applicationinsights.io", "AdxHostNotTrusted")]
    [InlineData("https://cluster.adx.applicationinsights.azure.cn", "AdxHostNotTrusted")]
    [InlineData("https://cluster.adx.monitor.azure.eaglex.ic.gov", "AdxHostNotTrusted")]
    [InlineData("https://c.kustodev.usgovcloudapi.net", "AdxHostNotTrusted")]
    [InlineData("https://dataexplorer.azure.com", "AdxHostNotTrusted")]
    [InlineData("https://management.azure.com", "AdxHostNotTrusted")]
    [InlineData("https://ćluster.kusto.windows.net", "AdxHostNotTrusted")]
    [InlineData("https://evil.com℀.kusto.windows.net", "AdxHostNotTrusted")]
    public void Any_other_host_is_refused(string address, string errorId)
    {
        AdxException error = Assert.Throws<AdxException>(() => new TrustedHosts().Require(new Uri(address)));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(AdxErrorKind.NotTrusted, error.Kind);
        Assert.DoesNotContain("secret", error.Message + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_host_is_trusted_as_a_whole_name_or_by_its_end()
    {
        var trusted = new TrustedHosts(["adx.contoso.com", ".adx.fabrikam.com"]);
        trusted.Require(new Uri("https://ADX.contoso.com"));
        trusted.Require(new Uri("https://one.adx.fabrikam.com"));
        Assert.Throws<AdxException>(() => trusted.Require(new Uri("https://one.adx.contoso.com")));
        Assert.Throws<AdxException>(() => trusted.Require(new Uri("https://adx.fabrikam.com")));
        Assert.Throws<AdxException>(() => trusted.Require(new Uri("https://evil-adx.contoso.com")));
        Assert.Throws<AdxException>(() => trusted.Require(new Uri("http://adx.contoso.com")));
    }

    [Fact]
    public void Trust_in_an_engine_is_trust_in_its_ingestion_service_and_the_other_way_round()
    {
        var engine = new TrustedHosts(["adx.contoso.com"]);
        engine.Require(new Uri("https://ingest-adx.contoso.com"));
        engine.Require(new Uri("https://INGEST-ADX.contoso.com"));
        var ingestion = new TrustedHosts(["ingest-adx.contoso.com"]);
        ingestion.Require(new Uri("https://adx.contoso.com"));
        ingestion.Require(new Uri("https://ingest-adx.contoso.com"));
        foreach (string other in new[] { "https://ingest-ingest-adx.contoso.com", "https://ingest.contoso.com", "https://ingest-evil.contoso.com", "https://contoso.com" })
        {
            Assert.Throws<AdxException>(() => engine.Require(new Uri(other)));
            Assert.Throws<AdxException>(() => ingestion.Require(new Uri(other + ".evil.com")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".com")]
    [InlineData("*")]
    [InlineData("*.contoso.com")]
    [InlineData("https://adx.contoso.com")]
    [InlineData("adx.contoso.com/path")]
    public void What_is_no_host_name_cannot_be_added(string entry) =>
        Assert.Equal("AdxInvalidTrustedHost", Assert.Throws<AdxException>(() => new TrustedHosts([entry])).ErrorId);

    public static TheoryData<string> EverySignIn => 
        ["AccessToken", "ServicePrincipal", "ManagedIdentity", "WorkloadIdentity", "AzureCli", "AzurePowerShell", "DeviceCode", "InteractiveBrowser", "Local", "ConnectionString"];

    [Theory]
    [MemberData(nameof(EverySignIn))]
    public async Task Nothing_is_sent_to_an_untrusted_host_whatever_the_sign_in(string kind)
    {
        // The proxy would see even a look-up of the name: everything for another machine goes through it.
        await using var proxy = new ScriptedServer(_ => ScriptedAnswer.Of(502, "no"));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = Cluster("https://kusto.windows.net.evil.com", kind),
            SignIn = SignIn(kind),
            Proxy = proxy.Uri,
        }));

        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [MemberData(nameof(EverySignIn))]
    public async Task Nothing_is_sent_over_http_to_another_machine(string kind)
    {
        await using var proxy = new ScriptedServer(_ => ScriptedAnswer.Of(502, "no"));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = Cluster("http://c.westeurope.kusto.windows.net", kind),
            SignIn = SignIn(kind),
            Proxy = proxy.Uri,
        }));

        Assert.Equal("AdxHttpNotAllowed", error.ErrorId);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task An_untrusted_ingestion_address_is_refused_before_the_cluster_is_asked()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = server.Uri.AbsoluteUri,
            IngestionUri = new Uri("https://ingest.evil.com"),
            SignIn = AdxSignIn.Local(),
        }));

        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_local_sign_in_does_not_go_to_an_ingestion_service_elsewhere()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = server.Uri.AbsoluteUri,
            IngestionUri = new Uri("https://ingest-c.westeurope.kusto.windows.net"),
            SignIn = AdxSignIn.Local("aaduser=me@contoso.com"),
        }));

        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_local_sign_in_never_leaves_this_machine()
    {
        await using var proxy = new ScriptedServer(_ => ScriptedAnswer.Of(502, "no"));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = "https://c.westeurope.kusto.windows.net",
            SignIn = AdxSignIn.Local("aaduser=me@contoso.com"),
            Proxy = proxy.Uri,
        }));

        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.Empty(proxy.Requests);
    }

    private static string Cluster(string address, string kind) =>
        kind == "ConnectionString" ? $"Data Source={address};Fed=true;AppClientId=4c7e82bd-6adb-46c3-b413-fdd44834c69b;AppKey=key;Authority Id=contoso.com" : address;

    private static AdxSignIn? SignIn(string kind) => kind switch
    {
        "AccessToken" => AdxSignIn.AccessToken("abc.def.ghi"),
        "ServicePrincipal" => AdxSignIn.ServicePrincipal("4c7e82bd-6adb-46c3-b413-fdd44834c69b", "key", "contoso.com"),
        "ManagedIdentity" => AdxSignIn.ManagedIdentity(),
        "WorkloadIdentity" => AdxSignIn.WorkloadIdentity("4c7e82bd-6adb-46c3-b413-fdd44834c69b", "contoso.com", "/no/such/file"),
        "AzureCli" => AdxSignIn.AzureCli(),
        "AzurePowerShell" => AdxSignIn.AzurePowerShell(),
        "DeviceCode" => AdxSignIn.DeviceCode(_ => Assert.Fail("Nobody is to be asked.")),
        "InteractiveBrowser" => AdxSignIn.InteractiveBrowser(),
        "Local" => AdxSignIn.Local(),
        _ => null,
    };
}
