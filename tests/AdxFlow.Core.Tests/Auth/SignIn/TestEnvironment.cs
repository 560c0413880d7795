namespace AdxFlow.Core.Tests.Auth.SignIn;

/// <summary>Variables of this process, as a test wants them, until it is disposed. Those that decide on an identity are cleared first.</summary>
internal sealed class TestEnvironment : IDisposable
{
    private static readonly string[] Deciding =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET",
        "AZURE_POD_IDENTITY_AUTHORITY_HOST", "AUTOMATION_ASSET_ACCOUNTID", "AZUREPS_HOST_ENVIRONMENT",
        "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST",
    ];

    private readonly Dictionary<string, string?> _before = [];

    public TestEnvironment(params (string Name, string? Value)[] variables)
    {
        foreach (string name in Deciding)
            Set(name, null);
        foreach ((string name, string? value) in variables)
            Set(name, value);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
