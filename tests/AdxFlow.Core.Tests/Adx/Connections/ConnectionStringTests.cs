using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Adx;

public sealed class ConnectionStringTests
{
    private const string Application = "4c7e82bd-6adb-46c3-b413-fdd44834c69b";
    private const string Key = "t0p~s3cret.Key=";

    [Theory]
    [InlineData("https://help.kusto.windows.net/Samples; Fed=true; Accept=true", "https://help.kusto.windows.net/Samples", null)]
    [InlineData("Data Source=https://help.kusto.windows.net;Initial Catalog=Samples;AAD Federated Security=True", "https://help.kusto.windows.net", "Samples")]
    [InlineData("data source=help;DATABASE=Samples;fed=yes", "help", "Samples")]
    [InlineData(" Addr = help ; ; Database = Samples ;", "help", "Samples")]
    [InlineData("Address=help", "help", null)]
    [InlineData("NetworkAddress=help", "help", null)]
    [InlineData("Network Address=help;Microsoft Entra ID Federated Security=true", "help", null)]
    [InlineData("Server=help;Database=\"My;Db\"", "help", "My;Db")]
    [InlineData("Server='help';Database=\"say \"\"hi\"\"\" ; Fed=true", "help", "say \"hi\"")]
    [InlineData("@help/Samples;Fed=true", "@help/Samples", null)]
    [InlineData("Database=Samples;Server=help;Streaming=true;Uncompressed=false;Region=westus;Client Version for Tracing=x;dSTS Federated Security=false;SendX5c=false", "help", "Samples")]
    [InlineData("Data Source=https://ade.applicationinsights.io/subscriptions/s/resourcegroups/r;Initial Catalog=NetDefaultDB;AAD Federated Security=True;Authority ID=contoso.com", "https://ade.applicationinsights.io/subscriptions/s/resourcegroups/r", "NetDefaultDB")]
    public void It_says_where_to(string text, string source, string? database)
    {
        ConnectionString read = Assert.IsType<ConnectionString>(ConnectionString.Read(text));
        Assert.Equal(source, read.DataSource);
        Assert.Equal(database, read.Database);
        Assert.Null(read.SignIn);
    }

    [Theory]
    [InlineData("https://help.kusto.windows.net/Samples")]
    [InlineData("help")]
    [InlineData("@help/Samples")]
    [InlineData("https://help.kusto.windows.net?query=a;b")]
    [InlineData("https://help.kusto.windows.net/a=b")]
    [InlineData("")]
    [InlineData(null)]
    public void An_address_is_none(string? text) => Assert.Null(ConnectionString.Read(text));

    [Theory]
    [InlineData("AppClientId=" + Application + ";AppKey=" + Key + ";Authority Id=contoso.com", AdxSignInKind.ServicePrincipal)]
    [InlineData("Application Client Id=" + Application + ";applicationkey=\"" + Key + "\";TenantId=contoso.com;Fed=true", AdxSignInKind.ServicePrincipal)]
    [InlineData("UserToken=" + Key, AdxSignInKind.AccessToken)]
    [InlineData("Usr Token=" + Key + ";AppClientId=" + Application + ";AppKey=x", AdxSignInKind.AccessToken)]
    [InlineData("ApplicationToken=" + Key, AdxSignInKind.AccessToken)]
    [InlineData("App Token=" + Key, AdxSignInKind.AccessToken)]
    [InlineData("Fed=false", AdxSignInKind.Local)]
    public void It_may_say_as_whom(string signIn, AdxSignInKind kind) =>
        Assert.Equal(kind, ConnectionString.Read("Data Source=help;" + signIn)?.SignIn?.Kind);

    [Fact]
    public void It_may_hint_at_who_signs_in_by_hand()
    {
        ConnectionString? read = ConnectionString.Read("help;Fed=true;UID=me@contoso.com;Tenant=contoso.com");
        Assert.Equal("me@contoso.com", read?.LoginHint);
        Assert.Equal("contoso.com", read?.Tenant);
        Assert.Null(read?.SignIn);
    }

    [Theory]
    [InlineData("Fed=true", "names no cluster")]
    [InlineData("Data Source=;Fed=true", "names no cluster")]
    [InlineData("help;Colour=SECRET", "'Colour'")]
    [InlineData("help;Server=SECRET", "'Data Source' is given twice")]
    [InlineData("help;AppKey=SECRET;AppKey=SECRET", "'Application Key' is given twice")]
    [InlineData("help;Fed=SECRET", "neither true nor false")]
    [InlineData("help;Password=SECRET;User ID=SECRET", "'Password' is not supported")]
    [InlineData("help;dSTS Federated Security=true;AppKey=SECRET", "'dSTS Federated Security' is not supported")]
    [InlineData("help;EnforceMfa=true", "'EnforceMfa' is not supported")]
    [InlineData("help;Application Certificate Blob=SECRET", "'Application Certificate Blob' is not supported")]
    [InlineData("help;Application Certificate Subject=SECRET", "'Application Certificate Subject Distinguished Name' is not supported")]
    [InlineData("help;Namespace=SECRET", "'Namespace' is not supported")]
    [InlineData("help;ManagedServiceIdentity=system", "'ManagedServiceIdentity' is not supported")]
    [InlineData("help;AppKey=SECRET", "'Application Client Id' is missing")]
    [InlineData("help;AppClientId=SECRET;AppKey=SECRET", "'Authority Id' is missing")]
    [InlineData("help;AppClientId=SECRET", "'Application Key' is missing")]
    [InlineData("help;AppClientId=SECRET;AppKey=SECRET;AppCert=SECRET;Tenant=SECRET", "both 'Application Key' and 'Application Certificate Thumbprint'")]
    [InlineData("help;Fed=false;UserToken=SECRET", "'AAD Federated Security' is false")]
    [InlineData("help;Query Consistency=SECRET", "'Query Consistency' is none of")]
    [InlineData("help;AppKey=\"SECRET", "The quote of 'Application Key' is not closed")]
    [InlineData("help;AppKey=\"SECRET\"SECRET;Fed=true", "between the quoted value of 'Application Key'")]
    [InlineData("help;AppKey=ab;SECRET", "a part without '=' behind 'Application Key'")]
    [InlineData("help;AppKey=ab;SECRET=cd", "a keyword that is none behind 'Application Key'")]
    [InlineData("help;https://SECRET=x", "a keyword that is none behind 'Data Source'")]
    [InlineData("SECRET;help", "a part without '=' behind 'Data Source'")]
    public void What_cannot_be_used_is_refused_without_showing_a_value(string text, string part)
    {
        AdxException error = Assert.Throws<AdxException>(() => ConnectionString.Read(text));
        Assert.Equal("AdxInvalidConnectionString", error.ErrorId);
        Assert.Equal(AdxErrorKind.InvalidArgument, error.Kind);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain("SECRET", error.ToString() + error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text.StartsWith("SECRET", StringComparison.Ordinal) ? string.Empty : ConnectionString.Shown(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:SECRET@help/Db?sig=SECRET", "https://help/Db")]
    [InlineData("Data Source=https://user:SECRET@help;AppKey=SECRET", "https://help")]
    [InlineData("AppKey=SECRET;Data Source=help", "help")]
    [InlineData("AppKey=SECRET", "the connection string")]
    [InlineData("help;AppKey=\"SECRET", "the connection string")]
    public void It_is_shown_by_its_cluster_alone(string text, string shown) => Assert.Equal(shown, ConnectionString.Shown(text));

    [Fact]
    public async Task Options_and_errors_show_no_secret()
    {
        var options = new AdxConnectionOptions { Cluster = $"https://help.evil.com;AppClientId={Application};AppKey={Key};Tenant=contoso.com" };
        Assert.DoesNotContain("t0p", options.ToString(), StringComparison.Ordinal);
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(options));
        Assert.Equal("AdxHostNotTrusted", error.ErrorId);
        Assert.DoesNotContain("t0p", error.ToString() + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_of_the_string_and_one_beside_it_are_one_too_many()
    {
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = $"help;UserToken={Key}",
            SignIn = AdxSignIn.AzureCli(),
        }));
        Assert.Equal("AdxInvalidConnectionString", error.ErrorId);
        Assert.Contains("said twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_sign_in_nothing_is_sent()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = server.Uri + ";Fed=true" }));
        Assert.Equal("AdxSignInMissing", error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_it_says_goes_along_with_each_request()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => """{"error":{"message":"enough"}}""");
        AdxConnection connection = await AdxConnection.OpenAsync(new AdxConnectionOptions
        {
            Cluster = $"{server.Uri.AbsoluteUri}Path;Initial Catalog=Orders;Fed=false;TraceAppName=\"Line\r\nX-Evil: ü\";TraceUserName=ada;Query Consistency=WeakConsistency",
        });
        Assert.Equal("Orders", connection.Database);
        await Assert.ThrowsAsync<AdxException>(async () =>
        {
            await using AdxQueryReader reader = await new AdxClient(connection.WithDatabase("Other")).QueryAsync("T");
            while (await reader.NextTableAsync())
            {
            }
        });
        ScriptedRequest query = server.Requests.Last();
        Assert.Equal("Line??X-Evil: ?", query.Header("x-ms-app"));
        Assert.Equal("ada", query.Header("x-ms-user"));
        Assert.Null(query.Header("X-Evil"));
        Assert.Contains("\"queryconsistency\":\"weakconsistency\"", query.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameter_wins_over_the_strings_database_and_that_over_the_path()
    {
        await using ScriptedServer server = ScriptedServer.Cluster(_ => "{}");
        async Task<string> DatabaseAsync(string text, string? parameter) =>
            (await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = text, Database = parameter, SignIn = AdxSignIn.Local() })).Database;

        Assert.Equal("A", await DatabaseAsync($"{server.Uri}C;Database=B", "A"));
        Assert.Equal("B", await DatabaseAsync($"{server.Uri}C;Database=B", null));
        Assert.Equal("C", await DatabaseAsync($"{server.Uri}C;Fed=true", null));
        Assert.Equal("NetDefaultDB", await DatabaseAsync($"{server.Uri};Fed=true", null));
    }
}
