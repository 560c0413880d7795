using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Http;
using AdxFlow.Ingestion.Storage;
using Azure.Core;

namespace AdxFlow.Core.Tests.Http;

public sealed class ProxyTests
{
    private const string Cluster = "https://proxied.westeurope.kusto.windows.net";
    private const string Application = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";

    private static readonly X509Certificate2 Certificate = Everywhere();

    [Fact]
    public async Task Every_hop_goes_through_it_and_its_credential_to_it_alone()
    {
        await using var server = new ScriptedServer(AnswerFor, Certificate);
        await using var proxy = new TestProxy(server.Uri, "me:proxy-pass");
        AdxConnection connection = await AdxConnection.OpenAsync(Options(proxy.Uri, "proxied1") with
        {
            SignIn = AdxSignIn.ServicePrincipal(Application, "the-key", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
            ProxyCredential = new NetworkCredential("me", "proxy-pass"),
        });
        await SendAsync(connection.Pipelines.Ingestion, connection.IngestionUri);
        await SendAsync(connection.Pipelines.Storage, new StorageContainer("https://acc.blob.core.windows.net/c?sig=x").BlobUri("b"));

        Assert.Equal(
            ["acc.blob.core.windows.net:443", "ingest-proxied1.westeurope.kusto.windows.net:443", "login.microsoftonline.com:443", "proxied1.westeurope.kusto.windows.net:443"],
            proxy.Opened.Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(proxy.Heads, head => head.Contains("Proxy-Authorization: Basic", StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.Null(request.Header("Proxy-Authorization")));
        Assert.All(proxy.Heads, head => Assert.DoesNotContain("Bearer", head, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(server.Requests, request => request.Header("Authorization") == "Bearer through-the-proxy");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_asks_who_we_are_is_named(bool withWrongCredential)
    {
        await using var proxy = new TestProxy(new Uri("http://127.0.0.1:1"), "me:right");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(proxy.Uri, "proxied2") with
        {
            ProxyCredential = withWrongCredential ? new NetworkCredential("me", "wr0ng-pass") : null,
        }));

        Assert.Equal("AdxProxyAuthenticationFailed", error.ErrorId);
        Assert.Equal(AdxErrorKind.AuthenticationFailed, error.Kind);
        Assert.True(error.IsPermanent);
        Assert.Contains($"127.0.0.1:{proxy.Uri.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-pass", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(withWrongCredential ? 2 : 1, proxy.Heads.Count);
    }

    [Theory]
    [InlineData(403, true)]
    [InlineData(502, false)]
    [InlineData(504, false)]
    public async Task One_that_does_not_open_the_way_is_named(int status, bool permanent)
    {
        await using var proxy = new TestProxy(null) { Refusal = status };
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(proxy.Uri, "proxied3")));
        Assert.Equal("AdxProxyFailed", error.ErrorId);
        Assert.Equal(permanent, error.IsPermanent);
        Assert.Contains($"127.0.0.1:{proxy.Uri.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("proxied3.westeurope.kusto.windows.net", error.Message, StringComparison.Ordinal);
        Assert.Contains($"({status})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_is_named()
    {
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(new Uri("http://no-proxy.invalid:3128"), "proxied4")));
        Assert.Equal("AdxProxyFailed", error.ErrorId);
        Assert.Contains("'no-proxy.invalid:3128' cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Proxy", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_for_the_token_is_named_as_well()
    {
        await using var server = new ScriptedServer(AnswerFor, Certificate);
        await using var open = new TestProxy(server.Uri);
        // The metadata is remembered by the process: the second connection begins with the token.
        await AdxConnection.OpenAsync(Options(open.Uri, "proxied5"));
        await using var closed = new TestProxy(server.Uri, "me:right");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(closed.Uri, "proxied5") with
        {
            SignIn = AdxSignIn.ServicePrincipal(Application, "the-key", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
        }));
        Assert.Equal("AdxProxyAuthenticationFailed", error.ErrorId);
        Assert.Contains(closed.Heads, head => head.StartsWith("CONNECT login.microsoftonline.com:443", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_trusts_gets_nothing()
    {
        await using var server = new ScriptedServer(AnswerFor, Certificate);
        await using var proxy = new TestProxy(server.Uri);
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(proxy.Uri, "proxied6") with { Transport = ScriptedServer.QuickRetries }));
        Assert.Equal("AdxConnectionFailed", error.ErrorId);
        Assert.Contains("No secure connection", error.Message, StringComparison.Ordinal);
        Assert.Contains("trust its certificate", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("http://me:s3cret@proxy.contoso.com:8080")]
    [InlineData("me:s3cret@proxy.contoso.com:8080")]
    [InlineData("http://s3cret@proxy.contoso.com")]
    [InlineData("ftp://proxy.contoso.com")]
    [InlineData("http://proxy.contoso.com:8080/proxy.pac")]
    [InlineData("not a proxy")]
    public async Task An_address_that_is_none_is_refused_and_no_password_shown(string proxy)
    {
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(Options(new Uri(proxy, UriKind.RelativeOrAbsolute), "proxied7")));
        Assert.Equal("AdxInvalidProxy", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.DoesNotContain("s3cret", error.ToString() + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy.contoso.com:8080", "http://proxy.contoso.com:8080/")]
    [InlineData("proxy:8080", "http://proxy:8080/")]
    [InlineData("http://proxy.contoso.com:8080/", "http://proxy.contoso.com:8080/")]
    [InlineData("https://proxy.contoso.com", "https://proxy.contoso.com/")]
    [InlineData("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080/")]
    public void An_address_is_read_with_or_without_its_scheme(string text, string address) =>
        Assert.Equal(address, ProxyAddress.Checked(new Uri(text, UriKind.RelativeOrAbsolute)).AbsoluteUri);

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://169.254.169.254/metadata/identity/oauth2/token", true)]
    [InlineData("http://169.254.131.2:8081/msi/token", true)]
    [InlineData("https://169.254.169.254.evil.com", false)]
    [InlineData("https://c.westeurope.kusto.windows.net", false)]
    [InlineData("https://login.microsoftonline.com", false)]
    [InlineData("https://acc.blob.core.windows.net", false)]
    public void This_machine_and_its_metadata_service_are_reached_without_it(string address, bool direct) =>
        Assert.Equal(direct, new LoopbackBypassProxy(new WebProxy("http://proxy:8080")).GetProxy(new Uri(address)) is null);

    [Fact]
    public void The_identity_endpoint_that_the_platform_names_is_reached_without_it()
    {
        var proxy = new LoopbackBypassProxy(new WebProxy("http://proxy:8080"), null, variable => variable == "IDENTITY_ENDPOINT" ? "https://10.0.0.4:2377/metadata" : null);
        Assert.Null(proxy.GetProxy(new Uri("https://10.0.0.4:2377/metadata/identity/oauth2/token?resource=x")));
        Assert.NotNull(proxy.GetProxy(new Uri("https://10.0.0.4/")));
        Assert.NotNull(new LoopbackBypassProxy(new WebProxy("http://proxy:8080"), null, _ => "no address").GetProxy(new Uri("https://10.0.0.4:2377/")));
    }

    [Fact]
    public void A_credential_alone_is_for_the_systems_own_proxy()
    {
        var credential = new NetworkCredential("me", "pass");
        Assert.Same(credential, new LoopbackBypassProxy(new WebProxy("http://proxy:8080"), credential).Credentials);
        var known = new WebProxy("http://proxy:8080") { Credentials = credential };
        Assert.Same(credential, new LoopbackBypassProxy(known).Credentials);
    }

    [Theory]
    [InlineData("The proxy tunnel request to proxy 'http://me:s3cret@proxy:8080/' failed", "The proxy tunnel request to proxy 'http://proxy:8080/' failed")]
    [InlineData("see https://help/a@b and mail me@contoso.com", "see https://help/a@b and mail me@contoso.com")]
    public void A_password_in_an_address_is_taken_out_of_texts(string text, string clean) => Assert.Equal(clean, Redaction.Clean(text));

    private static AdxConnectionOptions Options(Uri proxy, string name) => new()
    {
        Cluster = Cluster.Replace("proxied", name, StringComparison.Ordinal),
        SignIn = AdxSignIn.AccessToken("through-the-proxy"),
        Proxy = proxy,
        Transport = ScriptedServer.QuickRetries with { ServerCertificates = Trust() },
    };

    private static ScriptedAnswer AnswerFor(ScriptedRequest request) => request.Path switch
    {
        "/v1/rest/auth/metadata" => """{"AzureAD":{"LoginEndpoint":"https://login.microsoftonline.com","KustoServiceResourceId":"https://kusto.kusto.windows.net"}}""",
        "/v1/rest/mgmt" => ScriptedServer.Version,
        var path when path.Contains("/discovery/instance", StringComparison.Ordinal) => """{"tenant_discovery_endpoint":"https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration","api-version":"1.1","metadata":[{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com","login.windows.net"]}]}""",
        var path when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) => """{"token_type":"Bearer","expires_in":3600,"access_token":"through-the-proxy"}""",
        _ => "{}",
    };

    private static async Task SendAsync(Azure.Core.Pipeline.HttpPipeline pipeline, Uri address)
    {
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        await pipeline.SendAsync(message, CancellationToken.None);
        Assert.Equal(200, message.Response.Status);
    }

    private static X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Certificate);
        return policy;
    }

    /// <summary>A certificate that only this test trusts, for the names that its proxy leads astray.</summary>
    private static X509Certificate2 Everywhere()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=proxied", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in new[] { "*.westeurope.kusto.windows.net", "login.microsoftonline.com", "*.blob.core.windows.net" })
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows serves TLS only with a key that is in a store.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
