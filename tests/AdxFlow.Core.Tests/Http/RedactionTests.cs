using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Http;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("grant_type=client_credentials&client_secret=s3cret&scope=x", "grant_type=client_credentials&client_secret=REDACTED&scope=x")]
    [InlineData("a client_assertion=s3cret, b", "a client_assertion=REDACTED b")]
    [InlineData("device_code=s3cret", "device_code=REDACTED")]
    [InlineData("Authorization: Bearer s3cret.x", "Authorization: Bearer REDACTED")]
    [InlineData("""{"access_token":"eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0"}""", """{"access_token":"REDACTED"}""")]
    [InlineData("AADSTS700016: nothing to hide", "AADSTS700016: nothing to hide")]
    public void Secrets_are_taken_out_and_the_rest_stays(string text, string expected) => Assert.Equal(expected, Redaction.Clean(text));
}
