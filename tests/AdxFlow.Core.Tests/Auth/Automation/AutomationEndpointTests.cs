using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.Automation;

public sealed class AutomationEndpointTests
{
    [Theory]
    [InlineData("https://id.azure-automation.net/token")]
    [InlineData("http://127.0.0.1:4000/token")]
    [InlineData("http://localhost/token")]
    [InlineData("http://169.254.169.254/token")]
    public void The_jobs_endpoint_is_taken(string address)
    {
        AutomationEndpoint endpoint = Of(address, "h3ader")!;
        Assert.Equal(new Uri(address), endpoint.Address);
        Assert.DoesNotContain("h3ader", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.4/token")]
    [InlineData("http://localhost.attacker.example/token")]
    [InlineData("https://user@id.azure-automation.net/token")]
    [InlineData("ftp://localhost/token")]
    [InlineData("token")]
    [InlineData(null)]
    public void An_endpoint_that_its_header_must_not_go_to_is_not(string? address) => Assert.Null(Of(address, "h3ader"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\r\nX-Evil: 1")]
    public void Without_a_header_that_is_one_there_is_none(string? header) => Assert.Null(Of("https://id.azure-automation.net/token", header));

    [Theory]
    [InlineData("AUTOMATION_ASSET_ACCOUNTID", "account", true)]
    [InlineData("AZUREPS_HOST_ENVIRONMENT", "AzureAutomation/2.0", true)]
    [InlineData("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0", false)]
    [InlineData("WEBSITE_SITE_NAME", "app", false)]
    public void Only_an_Automation_job_has_one(string name, string value, bool expected) =>
        Assert.Equal(expected, AutomationEndpoint.From(variable => variable == name ? value : variable switch
        {
            "IDENTITY_ENDPOINT" => "https://id.azure-automation.net/token",
            "IDENTITY_HEADER" => "h3ader",
            _ => null,
        }) is not null);

    private static AutomationEndpoint? Of(string? address, string? header) => AutomationEndpoint.From(variable => variable switch
    {
        "AUTOMATION_ASSET_ACCOUNTID" => "account",
        "IDENTITY_ENDPOINT" => address,
        "IDENTITY_HEADER" => header,
        _ => null,
    });
}
