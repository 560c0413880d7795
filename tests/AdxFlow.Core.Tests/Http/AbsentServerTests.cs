using System.Net.Sockets;
using AdxFlow.Adx;
using AdxFlow.Auth;
using AdxFlow.Http;

namespace AdxFlow.Core.Tests.Http;

/// <summary>A cluster that is stopped, or never was. Another try would come after an hour here: what ends at all has made one.</summary>
public sealed class AbsentServerTests
{
    private static readonly TransportSettings Patient = new() { RetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1) };

    // So that a broken build does not hang.
    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    [Theory]
    [InlineData(".show tables")]
    [InlineData(".create table T (a:long)")]
    [InlineData("T")]
    public async Task A_connection_whose_cluster_is_gone_tells_so_at_once(string text)
    {
        AdxConnection connection;
        await using (ScriptedServer server = ScriptedServer.Cluster(_ => "{}"))
            connection = await AdxConnection.OpenAsync(new AdxConnectionOptions { Cluster = server.Uri.AbsoluteUri, SignIn = AdxSignIn.Local(), Transport = Patient });

        var client = new AdxClient(connection);
        AdxException error = await Assert.ThrowsAsync<AdxException>(() =>
            text.StartsWith('.') ? client.ExecuteCommandAsync(text, null, Limit) : client.QueryAsync(text, null, Limit));
        Assert.Equal("AdxConnectionFailed", error.ErrorId);
        Assert.Contains("cannot be reached: nobody listens there", error.Message, StringComparison.Ordinal);
        Assert.Contains("stopped", error.RecommendedAction, StringComparison.Ordinal);
        Assert.False(error.IsPermanent);
    }

    [Theory]
    [InlineData("AccessToken")]
    [InlineData("Local")]
    public async Task Connecting_to_nobody_fails_at_once(string kind)
    {
        var options = new AdxConnectionOptions
        {
            Cluster = kind == "Local" ? await ClosedAsync() : "https://stopped.contoso.invalid",
            TrustedHosts = ["stopped.contoso.invalid"],
            SignIn = kind == "Local" ? AdxSignIn.Local() : AdxSignIn.AccessToken("x"),
            Transport = Patient,
        };
        AdxException error = await Assert.ThrowsAsync<AdxException>(() => AdxConnection.OpenAsync(options, Limit));
        Assert.Equal("AdxConnectionFailed", error.ErrorId);
        Assert.Contains("stopped", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, true, "there is no host of that name")]
    [InlineData(SocketError.NoData, true, "there is no host of that name")]
    [InlineData(SocketError.ConnectionRefused, true, "nobody listens there")]
    [InlineData(SocketError.TryAgain, false, "the name server does not answer")]
    [InlineData(SocketError.NetworkUnreachable, false, "there is no way to it")]
    [InlineData(SocketError.HostUnreachable, false, "there is no way to it")]
    public void Each_reason_is_told_apart(SocketError code, bool absent, string reason)
    {
        var failure = new HttpRequestException("outer", new SocketException((int)code));
        Assert.Equal(absent, ConnectFailures.IsAbsent(failure));
        Assert.StartsWith(reason, ConnectFailures.Reason(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_takes_too_long_is_no_slow_answer()
    {
        // In this form SocketsHttpHandler tells that its ConnectTimeout has passed.
        var connect = new TaskCanceledException("A connection could not be established", new TimeoutException());
        var unreachable = (AdxException)ServiceErrors.From(connect, new Uri("https://c.kusto.windows.net"), new ErrorContext(ServiceOperation.Query), CancellationToken.None);
        Assert.Equal("AdxConnectionFailed", unreachable.ErrorId);
        Assert.Contains("no connection came about in time", unreachable.Message, StringComparison.Ordinal);

        var slow = (AdxException)ServiceErrors.From(new TaskCanceledException(), new Uri("https://c.kusto.windows.net"), new ErrorContext(ServiceOperation.Query), CancellationToken.None);
        Assert.Equal("AdxTimeout", slow.ErrorId);
    }

    private static async Task<string> ClosedAsync()
    {
        await using var server = new ScriptedServer(_ => "{}");
        return server.Uri.AbsoluteUri;
    }
}
