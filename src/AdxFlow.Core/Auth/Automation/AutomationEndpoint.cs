using System.Net;

namespace AdxFlow.Auth;

/// <summary>
/// The identity endpoint of an Azure Automation job, which Azure.Identity does not know. The request is that of
/// <see href="https://learn.microsoft.com/azure/automation/enable-managed-identity-for-automation"/>.
/// </summary>
internal sealed record AutomationEndpoint(Uri Address, string Header)
{
    /// <summary>The endpoint, where this is an Automation job; else null.</summary>
    public static AutomationEndpoint? FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>The same for any variables.</summary>
    public static AutomationEndpoint? From(Func<string, string?> variable)
    {
        if (!IsJob(variable) || variable("IDENTITY_HEADER") is not { Length: > 0 } header)
            return null;

        // Each of the two has no line break, so the header is one line.
        return Uri.TryCreate(variable("IDENTITY_ENDPOINT"), UriKind.Absolute, out Uri? address) && IsSafe(address) && !header.Any(char.IsControl)
            ? new AutomationEndpoint(address, header)
            : null;
    }

    /// <summary>True in an Automation job: it has the account's id, or the name that Azure PowerShell knows this host by.</summary>
    public static bool IsJob(Func<string, string?> variable) =>
        variable("AUTOMATION_ASSET_ACCOUNTID") is { Length: > 0 }
        || variable("AZUREPS_HOST_ENVIRONMENT")?.StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Names the address alone: the header is a secret.</summary>
    public override string ToString() => Http.Redaction.Address(Address);

    /// <summary>The header is a secret: beyond this machine and its link it goes over https only.</summary>
    private static bool IsSafe(Uri address) =>
        address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && (LoopbackHost.IsLoopback(address) || IsLinkLocal(address))));

    private static bool IsLinkLocal(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? number) && (number.IsIPv6LinkLocal || number.GetAddressBytes() is [169, 254, _, _]);
}
