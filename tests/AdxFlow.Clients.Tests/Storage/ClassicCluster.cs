using System.Text.Json.Nodes;
using AdxFlow.Core.Tests.Http;
using AdxFlow.Http;
using AdxFlow.Ingestion;

namespace AdxFlow.Clients.Tests.Storage;

/// <summary>A cluster that knows the classic protocol alone, and lends storage of Azurite. It ingests nothing.</summary>
internal sealed class ClassicCluster : IAsyncDisposable
{
    public const string IdentityToken = "identity.token";

    private readonly ScriptedServer _server;
    private int _asked;

    /// <param name="lent">The storage.</param>
    /// <param name="resources">What it answers when it is asked for its resources the first time, the second and so on; null for what it lends.</param>
    public ClassicCluster(LentStorage lent, params string[] resources)
    {
        Lent = lent;
        _server = ScriptedServer.Cluster(request => request.Body switch
        {
            _ when request.Path.StartsWith("/v1/rest/ingestion/", StringComparison.Ordinal) => ScriptedAnswer.Of(404, ""),
            var body when body.Contains(".get ingestion resources", StringComparison.Ordinal) => resources.Length == 0
                ? lent.Resources()
                : resources[Math.Min(Interlocked.Increment(ref _asked), resources.Length) - 1],
            var body when body.Contains(".get kusto identity token", StringComparison.Ordinal) => Answer(["AuthorizationContext"], [new JsonArray(IdentityToken)]),
            _ => ScriptedAnswer.Of(400, """{"error":{"code":"BadRequest","message":"No such command.","@permanent":true}}"""),
        });
        Connection = new AdxConnection(_server.Uri, _server.Uri, "D b", AdxSignInKind.Local, null, ServicePipelines.Create(Settings));
    }

    public LentStorage Lent { get; }

    public Uri Address => _server.Uri;

    /// <summary>A connection of our own to it.</summary>
    public AdxConnection Connection { get; }

    public IngestionRequest Request { get; } = new() { Table = "T 1", Mode = AdxIngestionMode.Queued, BatchInterval = Timeout.InfiniteTimeSpan, RetryWindow = TimeSpan.Zero };

    /// <summary>Storage's certificate is trusted, and waits between tries are short.</summary>
    public static TransportSettings Settings { get; } = ScriptedServer.QuickRetries with { ServerCertificates = StorageCertificate.Shared.Trust() };

    /// <summary>The answer to a command: a table of texts.</summary>
    public static string Answer(string[] columns, JsonArray rows) => new JsonObject
    {
        ["Tables"] = new JsonArray(new JsonObject
        {
            ["TableName"] = "Table_0",
            ["Columns"] = new JsonArray([.. columns.Select(static name => new JsonObject { ["ColumnName"] = name, ["DataType"] = "String", ["ColumnType"] = "string" })]),
            ["Rows"] = rows,
        }),
    }.ToJsonString();

    public Task<IngestionSession> StartAsync(Func<IngestionRequest, IngestionRequest>? change = null) =>
        IngestionSession.StartAsync(Connection, change is null ? Request : change(Request), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
