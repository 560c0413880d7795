using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.SignIn;

public sealed class HostSessionTests
{
    [Fact]
    public void At_a_prompt_on_a_desktop_there_is_a_browser() => Assert.True(Session().HasBrowser);

    [Theory]
    [InlineData("-NonInteractive")]
    [InlineData("-noni")]
    [InlineData("--NONINTERACTIVE")]
    [InlineData("/NonInt")]
    public void With_NonInteractive_nobody_is_there(string argument) =>
        Assert.False(Session(["-NoProfile", argument, "-File", "run.ps1"]).HasReader);

    [Theory]
    [InlineData("-nop", "-c", "Start-Job -NonInteractive")]
    [InlineData("-File", "run.ps1", "-NonInteractive")]
    [InlineData("-NoProfile", "-NoLogo", "-NoExit")]
    [InlineData("-ec", "AAAA", "-noni")]
    public void What_is_the_scripts_own_decides_nothing(params string[] arguments) => Assert.True(Session(arguments).HasReader);

    [Theory]
    [InlineData("ServerRemoteHost")]
    [InlineData("Default Host")]
    public void In_a_job_a_code_may_be_shown_but_no_browser_opened(string host)
    {
        HostSession session = Session(host: host);
        Assert.True(session.HasReader);
        Assert.False(session.HasBrowser);
    }

    [Fact]
    public void In_an_Automation_job_nobody_is_there() => Assert.False(Session(variables: [("AUTOMATION_ASSET_ACCOUNTID", "x"), ("DISPLAY", ":0")]).HasReader);

    [Fact]
    public void In_a_service_nobody_is_there() => Assert.False((Session() with { HasDesktop = false }).HasReader);

    [Fact]
    public void Over_SSH_the_browser_would_open_elsewhere()
    {
        HostSession session = Session(variables: [("SSH_CONNECTION", "1 2 3 4"), ("DISPLAY", ":0")]);
        Assert.True(session.HasReader);
        Assert.False(session.HasBrowser);
    }

    [Fact]
    public void Without_a_display_server_Linux_has_no_browser()
    {
        HostSession session = Session(variables: []);
        Assert.False(session.HasBrowser);
        Assert.True((session with { NeedsDisplay = false }).HasBrowser);
        Assert.True(Session(variables: [("WAYLAND_DISPLAY", "wayland-0")]).HasBrowser);
        Assert.True(Session(variables: [("WSL_DISTRO_NAME", "Ubuntu")]).HasBrowser);
    }

    private static HostSession Session(string[]? arguments = null, string host = "ConsoleHost", (string Name, string Value)[]? variables = null)
    {
        var set = (variables ?? [("DISPLAY", ":0")]).ToDictionary(pair => pair.Name, pair => pair.Value);
        return new HostSession { HostName = host, Arguments = arguments ?? [], Variable = name => set.GetValueOrDefault(name), HasDesktop = true, NeedsDisplay = true };
    }
}
