using System.Text;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Auth;

public sealed class CloudMetadataTests
{
    private static readonly Uri PublicCluster = new("https://c.westeurope.kusto.windows.net");

    [Fact]
    public void An_empty_answer_means_the_public_cloud()
    {
        CloudMetadata metadata = Parse(" \r\n");
        Assert.True(metadata.RequiresSignIn);
        Assert.Equal(["https://kusto.kusto.windows.net/.default"], metadata.Scopes);
    }

    [Fact]
    public void No_AzureAD_means_no_sign_in() => Assert.False(Parse("""{"AzureAD":null,"dSTS":null}""").RequiresSignIn);

    [Fact]
    public void A_cluster_names_its_own_authority_and_resource()
    {
        CloudMetadata metadata = Parse("""{"AzureAD":{"LoginEndpoint":"https://login.microsoftonline.us","LoginMfaRequired":false,"KustoServiceResourceId":"https://kusto.kusto.usgovcloudapi.net"}}""");
        Assert.Equal("login.microsoftonline.us", metadata.LoginEndpoint.Host);
        Assert.Equal(["https://kusto.kusto.usgovcloudapi.net/.default"], metadata.Scopes);
    }

    [Fact]
    public void A_cluster_that_requires_several_factors_has_its_own_resource() =>
        Assert.Equal(["https://kusto.kustomfa.windows.net/.default"], Parse("""{"AzureAD":{"LoginMfaRequired":true}}""").Scopes);

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("[]")]
    [InlineData("""{"AzureAD":{"LoginEndpoint":"nonsense"}}""")]
    public void What_cannot_be_understood_is_no_cluster(string body) =>
        Assert.Equal("AdxNotACluster", Assert.Throws<AdxException>(() => Parse(body)).ErrorId);

    [Theory]
    [InlineData("https://login.microsoftonline.com", "https://kusto.kusto.windows.net", true)]
    [InlineData("https://LOGIN.microsoftonline.com/", "https://api.kusto.windows.net", true)]
    [InlineData("https://login.evil.com", "https://kusto.kusto.windows.net", false)]
    [InlineData("http://login.microsoftonline.com", "https://kusto.kusto.windows.net", false)]
    [InlineData("https://login.microsoftonline.com:8443", "https://kusto.kusto.windows.net", false)]
    [InlineData("https://login.microsoftonline.us", "https://kusto.kusto.windows.net", false)]
    [InlineData("https://login.microsoftonline.com", "https://vault.azure.net", false)]
    [InlineData("https://login.microsoftonline.com", "https://management.azure.com", false)]
    [InlineData("https://login.microsoftonline.com", "http://kusto.kusto.windows.net", false)]
    [InlineData("http://localhost:1", "https://kusto.kusto.windows.net", false)]
    public void An_authority_or_resource_of_somebody_else_is_refused(string login, string resource, bool trusted)
    {
        var metadata = new CloudMetadata(true, new Uri(login), new Uri(resource));
        Exception? error = Record.Exception(() => new TrustedHosts().RequireSignIn(PublicCluster, metadata));
        if (trusted)
            Assert.Null(error);
        else
            Assert.Equal(AdxErrorKind.NotTrusted, Assert.IsType<AdxException>(error).Kind);
    }

    [Theory]
    [InlineData("https://ingest-c.westeurope.kusto.windows.net", true)]
    [InlineData("https://ingest-c.kusto.chinacloudapi.cn", false)]
    [InlineData("https://ingest-c.kusto.usgovcloudapi.net", false)]
    public void The_ingestion_service_is_of_the_same_cloud(string ingestion, bool trusted)
    {
        Exception? error = Record.Exception(() => new TrustedHosts().RequireSignIn(new Uri(ingestion), CloudMetadata.PublicCloud));
        if (trusted)
            Assert.Null(error);
        else
            Assert.Equal("AdxHostNotTrusted", Assert.IsType<AdxException>(error).ErrorId);
    }

    [Theory]
    [InlineData("https://kusto.kusto.windows.net", true)]
    [InlineData("https://kusto.kusto.usgovcloudapi.net", true)]
    [InlineData("https://management.azure.com", false)]
    [InlineData("https://vault.azure.net", false)]
    [InlineData("http://kusto.kusto.windows.net", false)]
    public void A_server_on_this_machine_gets_no_token_for_anything_else(string resource, bool trusted)
    {
        // The authority is a fake one, but a managed identity or the CLI does not ask it.
        var metadata = new CloudMetadata(true, new Uri("http://localhost:1"), new Uri(resource));
        Exception? error = Record.Exception(() => new TrustedHosts().RequireSignIn(new Uri("http://localhost:2"), metadata));
        if (trusted)
            Assert.Null(error);
        else
            Assert.Equal(AdxErrorKind.NotTrusted, Assert.IsType<AdxException>(error).Kind);
    }

    [Fact]
    public async Task A_cluster_without_metadata_is_of_the_public_cloud_and_the_token_goes_along()
    {
        await using var server = new ScriptedServer(request => request.Method == "GET" ? ScriptedAnswer.Of(404, "") : ScriptedServer.Version);
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.AccessToken("opaque-token"));
        Assert.Equal("Engine 2026.1", connection.ServerVersion);
        Assert.Null(connection.Principal);
        ScriptedRequest command = Assert.Single(server.Requests, request => request.Method == "POST");
        Assert.Equal("Bearer opaque-token", command.Header("Authorization"));
        ScriptedRequest metadata = Assert.Single(server.Requests, request => request.Method == "GET");
        Assert.Null(metadata.Header("Authorization"));
    }

    [Fact]
    public async Task Where_there_is_no_sign_in_no_token_is_sent()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        await server.ConnectAsync(AdxSignIn.AccessToken("opaque-token"));
        Assert.All(server.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    public async Task A_cluster_on_this_machine_that_asks_for_a_strangers_authority_gets_no_key()
    {
        await using var server = new ScriptedServer(_ => """{"AzureAD":{"LoginEndpoint":"https://login.evil.com","KustoServiceResourceId":"https://kusto.kusto.windows.net"}}""");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync(AdxSignIn.ServicePrincipal("4c7e82bd-6adb-46c3-b413-fdd44834c69b", "the-key", "contoso.com")));
        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.Single(server.Requests);
    }

    private static CloudMetadata Parse(string body) => CloudMetadataSource.Parse(Encoding.UTF8.GetBytes(body), PublicCluster);
}
