using AdxFlow.Core.Tests.Ingestion;
using AdxFlow.Http;
using Azure.Identity;

namespace AdxFlow.Core.Tests.Http;

public sealed class AuthenticationErrorsTests
{
    private static readonly Uri Authority = new("https://login.microsoftonline.com");

    [Theory]
    [InlineData(AdxSignInKind.ServicePrincipal, "-Credential")]
    [InlineData(AdxSignInKind.CertificateFile, "this certificate")]
    [InlineData(AdxSignInKind.CertificateThumbprint, "this certificate")]
    [InlineData(AdxSignInKind.ManagedIdentity, "-ClientId")]
    [InlineData(AdxSignInKind.WorkloadIdentity, "federated credential")]
    [InlineData(AdxSignInKind.AzureCli, "az login")]
    [InlineData(AdxSignInKind.AzurePowerShell, "Connect-AzAccount")]
    [InlineData(AdxSignInKind.DeviceCode, "-DeviceCode")]
    [InlineData(AdxSignInKind.InteractiveBrowser, "browser")]
    public void The_advice_is_for_that_kind_of_sign_in(AdxSignInKind kind, string advice)
    {
        AdxException error = AuthenticationErrors.From(new CredentialUnavailableException("not here"), kind, Authority);
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(kind == AdxSignInKind.ServicePrincipal, error.RecommendedAction!.Contains("-Credential", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AADSTS50076", AdxSignInKind.AzurePowerShell, "-AuthScope")]
    [InlineData("AADSTS65001", AdxSignInKind.InteractiveBrowser, "administrator")]
    [InlineData("AADSTS53003", AdxSignInKind.DeviceCode, "Conditional Access")]
    [InlineData("AADSTS50020", AdxSignInKind.AzureCli, "-TenantId")]
    [InlineData("AADSTS90002", AdxSignInKind.WorkloadIdentity, "AZURE_TENANT_ID")]
    [InlineData("AADSTS99999", AdxSignInKind.ServicePrincipal, "-TenantId")]
    public void The_code_is_found_wherever_it_stands(string code, AdxSignInKind kind, string advice)
    {
        var failure = new AuthenticationFailedException("It failed.\n\nMany words.", new InvalidOperationException($$"""{"error_description":"{{code}}: Why.\r\nTrace ID: 1"}"""));
        AdxException error = AuthenticationErrors.From(failure, kind, Authority);
        Assert.Equal(code, error.ServiceCode);
        Assert.Equal($"Sign-in failed: {code}: Why.", error.Message);
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_text_becomes_a_line()
    {
        AdxException error = AuthenticationErrors.From(new AuthenticationFailedException("First line,\nsecond line.\n\nSee the guide."), AdxSignInKind.AzureCli, Authority);
        Assert.Equal("Sign-in failed: First line, second line.", error.Message);
        Assert.InRange(AuthenticationErrors.From(new AuthenticationFailedException(new string('x', 9000)), AdxSignInKind.AzureCli, Authority).Message.Length, 100, 700);
    }

    [Theory]
    [InlineData("AADSTS1: ")]
    [InlineData("")]
    public async Task A_text_of_any_length_is_read_in_time_that_grows_with_it(string beginning)
    {
        var failure = new AuthenticationFailedException(beginning + new string(' ', 20_000_000) + "x");
        AdxException error = await Task.Run(() => AuthenticationErrors.From(failure, AdxSignInKind.ServicePrincipal, Authority), TestContext.Current.CancellationToken).EndsAsync();
        Assert.InRange(error.Message.Length, 0, 700);
    }

    [Fact]
    public void What_is_told_already_stays_as_it_is()
    {
        var told = new AdxException("AdxRedirected", AdxErrorKind.NotTrusted, "told");
        Assert.Same(told, AuthenticationErrors.From(told, AdxSignInKind.ManagedIdentity, Authority));
    }
}
