using System.Diagnostics;
using System.Net.NetworkInformation;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Core.Tests.Ingestion;

namespace AdxFlow.Core.Tests.Auth.SignIn;

/// <summary>The browser is a script that hands the address on; the test answers as the user's browser would.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class InteractiveBrowserSignInTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("adxflow");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_user_signs_in_at_the_authority_and_comes_back_with_a_code()
    {
        using TestEnvironment environment = await WithBrowserAsync();
        await using var entra = new FakeEntra { Token = _ => UserToken() };
        Task<AdxConnection> connecting = entra.ConnectAsync(AdxSignIn.InteractiveBrowser(FakeEntra.Tenant), cancellationToken: TestContext.Current.CancellationToken);
        Uri asked = await AddressAsync(connecting);
        Dictionary<string, string> query = FakeEntra.Fields(asked.Query[1..]);
        Assert.StartsWith($"{entra.Uri}{FakeEntra.Tenant}/oauth2/v2.0/authorize", asked.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("db662dc1-0cfe-4e1c-a843-19a68e65be58", query["client_id"]);
        Assert.Contains(entra.Scope, query["scope"].Split(' '));
        Assert.Equal("S256", query["code_challenge_method"]);

        // MSAL listens only after it has started the browser.
        int port = new Uri(query["redirect_uri"]).Port;
        await Eventually.HoldsAsync(() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port), "somebody listens for the code");
        using var browser = new HttpClient();
        var answer = new Dictionary<string, string> { ["code"] = "c0de", ["state"] = query["state"] };
        using HttpResponseMessage page = query.GetValueOrDefault("response_mode") == "form_post"
            ? await browser.PostAsync(query["redirect_uri"], new FormUrlEncodedContent(answer), TestContext.Current.CancellationToken)
            : await browser.GetAsync($"{query["redirect_uri"]}/?code=c0de&state={Uri.EscapeDataString(query["state"])}", TestContext.Current.CancellationToken);
        AdxConnection connection = await connecting;

        Dictionary<string, string> form = FakeEntra.Fields(entra.TokenRequests.First().Body);
        Assert.Equal("authorization_code", form["grant_type"]);
        Assert.Equal("c0de", form["code"]);
        Assert.NotEmpty(form["code_verifier"]);
        Assert.Equal(AdxSignInKind.InteractiveBrowser, connection.SignIn);
        Assert.Equal($"aaduser=ada@contoso.com;{FakeEntra.Tenant}", connection.Principal);
    }

    [Fact]
    public async Task Waiting_for_the_user_ends_when_the_caller_wants_it()
    {
        using TestEnvironment environment = await WithBrowserAsync();
        await using var entra = new FakeEntra();
        using var stop = new CancellationTokenSource();
        Task<AdxConnection> connecting = entra.ConnectAsync(AdxSignIn.InteractiveBrowser(FakeEntra.Tenant), cancellationToken: stop.Token);
        await AddressAsync(connecting);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    /// <summary>What the browser was opened with; or the failure, if none was opened.</summary>
    private async Task<Uri> AddressAsync(Task connecting)
    {
        Task<string> reading = Task.Run(() => File.ReadAllText(Pipe), TestContext.Current.CancellationToken);
        if (await Task.WhenAny(reading, connecting).EndsAsync() == connecting)
            await connecting;
        return new Uri((await reading.EndsAsync()).Trim());
    }

    private string Pipe => Path.Combine(_directory.FullName, "address");

    private async Task<TestEnvironment> WithBrowserAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The script that stands for the browser is for a Linux desktop.");
            return new TestEnvironment();
        }

        if (Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 })
            Assert.Skip("No browser is opened for a user of sudo.");

        using Process made = Process.Start("mkfifo", [Pipe]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        string script = Path.Combine(_directory.FullName, "xdg-open");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho \"$1\" > '{Pipe}'\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new TestEnvironment(("PATH", $"{_directory.FullName}:/usr/bin:/bin"));
    }

    private static ScriptedAnswer UserToken() => Entra.UserToken("browser", 3600);
}
