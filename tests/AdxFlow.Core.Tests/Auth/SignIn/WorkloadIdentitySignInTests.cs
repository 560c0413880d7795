using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.SignIn;

[Collection(EnvironmentCollection.Name)]
public sealed class WorkloadIdentitySignInTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task The_service_accounts_token_is_what_is_shown_to_the_authority()
    {
        await File.WriteAllTextAsync(_file, "federated.token.one", TestContext.Current.CancellationToken);
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment(("AZURE_CLIENT_ID", FakeEntra.Application), ("AZURE_TENANT_ID", FakeEntra.Tenant), ("AZURE_FEDERATED_TOKEN_FILE", _file));
        AdxConnection connection = await entra.ConnectAsync(AdxSignIn.WorkloadIdentity());
        Dictionary<string, string> form = FakeEntra.Fields(Assert.Single(entra.TokenRequests).Body);
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal(FakeEntra.Application, form["client_id"]);
        Assert.Equal("federated.token.one", form["client_assertion"]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        Assert.Equal(entra.Scope, form["scope"]);
        Assert.Equal(FakeEntra.Jwt("first"), entra.EngineTokens.Last());
        Assert.Equal(AdxSignInKind.WorkloadIdentity, connection.SignIn);
    }

    [Fact]
    public async Task What_is_named_wins_over_the_variables()
    {
        await File.WriteAllTextAsync(_file, "federated.token.two", TestContext.Current.CancellationToken);
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment(("AZURE_CLIENT_ID", "other"), ("AZURE_TENANT_ID", "other"), ("AZURE_FEDERATED_TOKEN_FILE", "/none"));
        await entra.ConnectAsync(AdxSignIn.WorkloadIdentity(FakeEntra.Application, FakeEntra.Tenant, _file));
        Assert.Equal($"/{FakeEntra.Tenant}/oauth2/v2.0/token", Assert.Single(entra.TokenRequests).Path);
    }

    [Theory]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("AZURE_TENANT_ID")]
    [InlineData("AZURE_FEDERATED_TOKEN_FILE")]
    public async Task Without_one_of_the_variables_there_is_none_here(string missing)
    {
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment([.. new[]
        {
            ("AZURE_CLIENT_ID", FakeEntra.Application), ("AZURE_TENANT_ID", FakeEntra.Tenant), ("AZURE_FEDERATED_TOKEN_FILE", (string?)_file),
        }.Where(variable => variable.Item1 != missing)]);
        AdxException error = await entra.RefusedAsync(AdxSignIn.WorkloadIdentity());
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Contains("azure.workload.identity/use", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(entra.TokenRequests);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_told_by_name()
    {
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment();
        AdxException error = await entra.RefusedAsync(AdxSignIn.WorkloadIdentity(FakeEntra.Application, FakeEntra.Tenant, "/no/such/token"));
        Assert.Equal("AdxAuthenticationFailed", error.ErrorId);
        Assert.Contains("/no/such/token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_does_not_trust_the_token_is_told_where_to_look()
    {
        await File.WriteAllTextAsync(_file, "federated.token.three", TestContext.Current.CancellationToken);
        await using var entra = new FakeEntra();
        using var environment = new TestEnvironment();
        entra.Token = _ => Entra.Refusal(700213, "AADSTS700213: No matching federated identity record found for presented assertion subject.");
        AdxException error = await entra.RefusedAsync(AdxSignIn.WorkloadIdentity(FakeEntra.Application, FakeEntra.Tenant, _file));
        Assert.Equal("AADSTS700213", error.ServiceCode);
        Assert.Contains("federated credential", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("federated.token", error.ToString(), StringComparison.Ordinal);
    }
}
