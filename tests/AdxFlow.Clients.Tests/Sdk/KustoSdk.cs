using System.Text.Json.Nodes;
using AdxFlow.Clients.Tests.Storage;

[assembly: AssemblyFixture(typeof(AdxFlow.Clients.Tests.Sdk.KustoSdk))]

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>Microsoft's azure-kusto-data and azure-kusto-ingest as they come from npm, in one Node process for all tests.</summary>
public sealed class KustoSdk : IAsyncDisposable
{
    private readonly Lazy<NodeProgram> _program = new(static () => new NodeProgram("kusto-sdk.mjs", [], StorageCertificate.Shared.CertificateFile));

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _program.IsValueCreated ? _program.Value.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Runs a query or a command. The test is skipped where there is no Node.</summary>
    internal async Task<JsonNode> ExecuteAsync(Uri cluster, string text, string? token = null) =>
        await AskAsync(new JsonObject { ["do"] = "execute", ["cluster"] = Address(cluster), ["token"] = token, ["database"] = "NetDefaultDB", ["text"] = text });

    /// <summary>Ingests a file.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="how">The client: <c>queued</c>, <c>streaming</c> or <c>managed</c>.</param>
    /// <param name="file">The file.</param>
    /// <param name="properties">The ingestion properties, named as the SDK has them.</param>
    /// <param name="mapping">Columns of a mapping that is sent along; null for none.</param>
    internal async Task<JsonNode> IngestAsync(Uri cluster, string how, string file, JsonObject properties, JsonArray? mapping = null)
    {
        var request = new JsonObject { ["do"] = "ingest", ["how"] = how, ["cluster"] = Address(cluster), ["file"] = file, ["properties"] = properties };
        if (mapping is not null)
            request["mapping"] = mapping;
        return await AskAsync(request);
    }

    /// <summary>Takes a message from each of the queues that tell of failures and of successes.</summary>
    internal async Task<JsonNode> ReportAsync(Uri cluster) => await AskAsync(new JsonObject { ["do"] = "report", ["cluster"] = Address(cluster) });

    private static string Address(Uri cluster) => cluster.AbsoluteUri.TrimEnd('/');

    private async Task<JsonNode> AskAsync(JsonObject request)
    {
        await NodeMachine.SkipIfMissingAsync();
        JsonNode answer = JsonNode.Parse(await _program.Value.AskAsync(request.ToJsonString(), TestContext.Current.CancellationToken))!;
        return answer["error"] is { } error
            ? throw new KustoSdkException((string)error!, (int?)answer["status"], answer["body"])
            : answer["result"]!;
    }
}
