using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Http;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("https://evil.com/login?token=s3cret#s3cret", "to 'https://evil.com/login'.")]
    [InlineData("https://me:s3cret@evil.com/login", "to 'https://evil.com/login'.")]
    [InlineData("http://127.0.0.1:1/x", "to 'http://127.0.0.1:1/x'.")]
    [InlineData("//evil.com/x?s3cret", "to 'http://evil.com/x'.")]
    [InlineData("javascript:s3cret", "to something that is no web address.")]
    [InlineData(null, "to an address it does not name.")]
    public async Task A_redirect_is_not_followed_and_tells_where_to(string? location, string told)
    {
        await using var elsewhere = new ScriptedServer(_ => ScriptedServer.NoSignIn);
        foreach (int status in new[] { 301, 302, 303, 307, 308 })
        {
            Dictionary<string, string> headers = location is null ? [] : new() { ["Location"] = location.Replace("127.0.0.1:1", elsewhere.Uri.Authority, StringComparison.Ordinal) };
            await using var server = new ScriptedServer(_ => new ScriptedAnswer { Status = status, Headers = headers });
            AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync(AdxSignIn.AccessToken("token")));
            Assert.Equal("AdxRedirected", error.ErrorId);
            Assert.Equal(AdxErrorKind.NotTrusted, error.Kind);
            Assert.EndsWith($"({status}) {told.Replace("127.0.0.1:1", elsewhere.Uri.Authority, StringComparison.Ordinal)} Redirects are not followed.", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
            Assert.Single(server.Requests);
        }

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_of_a_command_does_not_carry_the_token_on()
    {
        await using var elsewhere = new ScriptedServer(_ => ScriptedServer.Version);
        await using var server = new ScriptedServer(request => request.Method == "GET"
            ? ScriptedAnswer.Of(404, "")
            : new ScriptedAnswer { Status = 307, Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Uri.AbsoluteUri } });
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => server.ConnectAsync(AdxSignIn.AccessToken("token")));
        Assert.Equal("AdxRedirected", error.ErrorId);
        Assert.Empty(elsewhere.Requests);
    }
}
