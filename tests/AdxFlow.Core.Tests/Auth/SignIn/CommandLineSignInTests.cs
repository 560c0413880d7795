using System.Globalization;
using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.SignIn;

/// <summary>The Azure CLI and Azure PowerShell, as scripts of the same name that come first in the path.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class CommandLineSignInTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("adxflow");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_CLI_is_asked_for_the_clusters_resource_in_the_tenant()
    {
        string arguments = Path.Combine(_directory.FullName, "arguments");
        using TestEnvironment environment = With("az", $$"""
            echo "$@" > '{{arguments}}'
            echo '{"accessToken":"{{FakeEntra.Jwt("cli")}}","expiresOn":"2099-01-01 00:00:00.000000","expires_on":4070908800,"tenant":"t","tokenType":"Bearer"}'
            """);
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.AzureCli(FakeEntra.Tenant));
        string asked = await File.ReadAllTextAsync(arguments, TestContext.Current.CancellationToken);
        Assert.Contains("account get-access-token", asked, StringComparison.Ordinal);
        Assert.Contains(entra.Resource, asked, StringComparison.Ordinal);
        Assert.Contains($"--tenant {FakeEntra.Tenant}", asked, StringComparison.Ordinal);
        Assert.Equal(FakeEntra.Jwt("cli"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.AzureCli, connection.SignIn);
    }

    [Theory]
    [InlineData("ERROR: Please run 'az login' to setup account.")]
    [InlineData("az: command not found")]
    public async Task A_CLI_that_is_missing_or_not_signed_in_is_told_so(string message)
    {
        using TestEnvironment environment = With("az", $$"""
            echo "{{message}}" >&2
            exit 1
            """);
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.AzureCli());
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("az login", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(entra.EngineTokens);
    }

    [Fact]
    public async Task A_CLI_that_must_ask_for_more_than_a_password_is_told_how()
    {
        using TestEnvironment environment = With("az", """
            echo "ERROR: AADSTS50076: Due to a configuration change, you must use multi-factor authentication. Trace ID: x" >&2
            exit 1
            """);
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.AzureCli());
        Assert.Equal("AADSTS50076", error.ServiceCode);
        Assert.Contains("az login", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CLI_that_does_not_end_is_given_up()
    {
        using TestEnvironment environment = With("az", "exec /bin/sleep 600");
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.AzureCli(), TimeSpan.FromMilliseconds(500));
        Assert.Contains(error.ErrorId, new[] { "AdxTimeout", "AdxAuthenticationFailed" });
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public async Task PowerShell_is_asked_for_the_clusters_resource()
    {
        using TestEnvironment environment = With("pwsh", $$"""
            echo '<Data><Property Name="Token">{{FakeEntra.Jwt("pwsh")}}</Property><Property Name="ExpiresOn">{{DateTimeOffset.UtcNow.AddHours(1).UtcTicks.ToString(CultureInfo.InvariantCulture)}}</Property></Data>'
            """);
        await using var entra = new FakeEntra();
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.AzurePowerShell());
        Assert.Equal(FakeEntra.Jwt("pwsh"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.AzurePowerShell, connection.SignIn);
    }

    [Fact]
    public async Task A_PowerShell_without_the_module_or_sign_in_is_told_so()
    {
        using TestEnvironment environment = With("pwsh", """
            echo "NoAzAccountModule"
            exit 1
            """);
        await using var entra = new FakeEntra();
        AdxException error = await entra.RefusedAsync(AdxSignIn.AzurePowerShell());
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("Connect-AzAccount", error.RecommendedAction, StringComparison.Ordinal);
    }

    private TestEnvironment With(string command, string script)
    {
        string path = Path.Combine(_directory.FullName, command);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else
            Assert.Skip("The scripts that stand for az and pwsh are for a Linux shell.");

        return new TestEnvironment(("PATH", $"{_directory.FullName}:/usr/bin:/bin"));
    }
}
