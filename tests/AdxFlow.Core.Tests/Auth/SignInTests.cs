using System.Net;
using System.Text;
using System.Text.Json;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Auth;

public sealed class SignInTests
{
    private const string Application = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    [Fact]
    public async Task A_local_application_signs_in_with_the_claims_Entra_would_put()
    {
        (AdxConnection connection, JsonElement header, JsonElement claims, string token) = await TokenOfAsync($"aadapp={Application};{Tenant}");
        Assert.Equal("none", header.GetProperty("alg").GetString());
        Assert.Equal(Application, claims.GetProperty("appid").GetString());
        Assert.Equal(Application, claims.GetProperty("oid").GetString());
        Assert.Equal(Tenant, claims.GetProperty("tid").GetString());
        Assert.False(claims.TryGetProperty("upn", out _));
        Assert.EndsWith(".", token, StringComparison.Ordinal);
        Assert.Equal($"aadapp={Application};{Tenant}", connection.Principal);
    }

    [Fact]
    public async Task A_local_user_signs_in_by_name_or_by_object_id()
    {
        (_, _, JsonElement named, _) = await TokenOfAsync($"aaduser=me@contoso.com;{Tenant}");
        Assert.Equal("me@contoso.com", named.GetProperty("upn").GetString());
        Assert.Equal(Tenant, named.GetProperty("tid").GetString());
        Assert.False(named.TryGetProperty("appid", out _));
        (_, _, JsonElement numbered, _) = await TokenOfAsync($"aaduser={Application};{Tenant}");
        Assert.Equal(Application, numbered.GetProperty("oid").GetString());
        Assert.False(numbered.TryGetProperty("upn", out _));
    }

    [Fact]
    public async Task Without_a_principal_one_is_the_administrator_and_sends_no_token()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxConnection connection = await server.ConnectAsync();
        Assert.Equal("administrator", connection.Principal);
        Assert.True(connection.IsLocal);
        Assert.Equal("NetDefaultDB", connection.Database);
        Assert.All(server.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("aadgroup=ops@contoso.com")]
    [InlineData("msauser=me@live.com")]
    public void One_signs_in_locally_as_an_application_or_a_user_only(string principal) =>
        Assert.Equal("AdxInvalidPrincipal", Assert.Throws<AdxException>(() => AdxSignIn.Local(principal)).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("abc def")]
    [InlineData("abc\r\nX-Evil: 1")]
    public void What_cannot_be_a_token_is_refused(string token) =>
        Assert.Equal("AdxInvalidSignIn", Assert.Throws<AdxException>(() => AdxSignIn.AccessToken(token)).ErrorId);

    [Fact]
    public async Task A_token_that_has_run_out_is_refused_here()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(404, ""));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync(AdxSignIn.AccessToken(Token("""{"exp":1000000000}"""))));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("2001-09-09", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_token_the_server_refuses_fails_the_connection()
    {
        await using var server = new ScriptedServer(request => request.Method == "GET" ? ScriptedAnswer.Of(404, "") : ScriptedAnswer.Of(401, ""));
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync(AdxSignIn.AccessToken("opaque")));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Equal(401, error.StatusCode);
    }

    [Theory]
    [InlineData("""{"appid":"4c7e82bd-6adb-46c3-b413-fdd44834c69b","oid":"1","tid":"t"}""", "aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;t")]
    [InlineData("""{"azp":"a","idtyp":"app"}""", "aadapp=a")]
    [InlineData("""{"upn":"me@contoso.com","appid":"azure-cli","tid":"t"}""", "aaduser=me@contoso.com;t")]
    [InlineData("""{"oid":"o","tid":"t"}""", "aaduser=o;t")]
    [InlineData("""{"sub":"x"}""", null)]
    [InlineData("""["not","claims"]""", null)]
    public void A_token_tells_who_one_is(string claims, string? principal) => Assert.Equal(principal, TokenClaims.Read(Token(claims))?.Principal);

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("a.!!.c")]
    public void A_token_that_is_no_JSON_web_token_tells_nothing(string token) => Assert.Null(TokenClaims.Read(token));

    [Fact]
    public async Task No_secret_shows_in_the_text_of_anything()
    {
        const string Secret = "s3cr3t-value";
        await using var server = new ScriptedServer(request => request.Method == "GET" ? ScriptedAnswer.Of(404, "") : ScriptedServer.Version);
        AdxSignIn[] all = [AdxSignIn.AccessToken(Secret), AdxSignIn.ServicePrincipal(Application, Secret, Tenant), AdxSignIn.Local()];
        var options = new AdxConnectionOptions
        {
            Cluster = server.Uri.AbsoluteUri,
            SignIn = all[0],
            Proxy = new Uri("http://proxy.contoso.com:8080"),
            ProxyCredential = new NetworkCredential("user", Secret),
            Transport = ScriptedServer.QuickRetries,
        };
        AdxConnection connection = await AdxConnection.OpenAsync(options);
        object[] things = [.. all, options, connection, connection.Pipelines, new TransportSettings { ProxyCredential = new NetworkCredential("u", Secret) }];
        foreach (object thing in things)
        {
            Assert.DoesNotContain(Secret, thing.ToString(), StringComparison.Ordinal);
            foreach (System.Reflection.PropertyInfo property in thing.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                Assert.DoesNotContain(Secret, property.GetValue(thing)?.ToString() ?? string.Empty, StringComparison.Ordinal);
        }
    }

    private static string Token(string claims) =>
        $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.x";

    private static async Task<(AdxConnection Connection, JsonElement Header, JsonElement Claims, string Token)> TokenOfAsync(string principal)
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxConnection connection = await server.ConnectAsync(AdxSignIn.Local(principal));
        string header = Assert.Single(server.Requests, request => request.Method == "POST").Header("Authorization")!;
        Assert.StartsWith("Bearer ", header, StringComparison.Ordinal);
        string[] parts = header[7..].Split('.');
        Assert.Equal(3, parts.Length);
        return (connection, Decode(parts[0]), Decode(parts[1]), header[7..]);
    }

    private static JsonElement Decode(string part)
    {
        string text = part.Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).RootElement;
    }
}
