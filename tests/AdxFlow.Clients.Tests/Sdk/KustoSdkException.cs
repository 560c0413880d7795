using System.Text.Json.Nodes;

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>What the SDK threw.</summary>
internal sealed class KustoSdkException(string message, int? status, JsonNode? body) : Exception($"{message} {body?.ToJsonString()}")
{
    /// <summary>The status of the answer that made it; null where there was none.</summary>
    public int? Status => status;

    /// <summary>The service's error.</summary>
    public JsonNode? Body => body;
}
