using AdxFlow.Core.Tests.Http;

namespace AdxFlow.Core.Tests.Flow.Flows;

/// <summary>Experience Platform with a connection, a table, a dataset and a mapping that fit together; a test changes what it needs.</summary>
internal static class PlatformScript
{
    public const string Schema = "https://ns.adobe.com/acme/schemas/1";

    private const string Service = "/data/foundation/flowservice";

    public static ScriptedAnswer Answer(ScriptedRequest request) => $"{request.Method} {request.Path.Split('?')[0].Replace(Service, string.Empty, StringComparison.Ordinal)}" switch
    {
        "GET /flows" or "GET /flowSpecs" => """{"items":[],"_links":{}}""",
        "GET /connections/c" => """{"items":[{"id":"c","name":"Adx","state":"enabled","connectionSpec":{"id":"0479cc14-7651-4354-b233-7480606c2ac3","version":"1.0"}}]}""",
        "GET /connections/c/explore" => """{"format":"flat","schema":{"columns":[{"name":"Id","type":"string","xdm":{"type":"string"},"meta":{"originalType":"guid"}},{"name":"Timestamp","type":"string","meta:xdmType":"date-time","xdm":{"type":"string","format":"date-time"}}]}}""",
        "GET /data/foundation/catalog/dataSets/d" => $$"""{"d":{"name":"Weather","schemaRef":{"id":"{{Schema}}","contentType":"application/vnd.adobe.xed+json;version=1"} } }""",
        "GET /data/foundation/conversion/mappingSets/m" => $$$"""{"id":"m","version":3,"outputSchema":{"schemaRef":{"id":"{{{Schema}}}","contentType":"application/vnd.adobe.xed-full+json;version=1"} },"mappings":[]}""",
        "POST /sourceConnections" => """{"id":"s","etag":"\"1\""}""",
        "POST /targetConnections" => """{"id":"t","etag":"\"1\""}""",
        "POST /flows" => """{"id":"f","etag":"\"1\""}""",
        "GET /flows/f" => """{"items":[{"id":"f","name":"Weather","state":"enabled","sourceConnectionIds":["s"],"targetConnectionIds":["t"]}]}""",
        "DELETE /sourceConnections/s" or "DELETE /targetConnections/t" or "DELETE /flows/f" => ScriptedAnswer.Of(204, string.Empty),
        var other => ScriptedAnswer.Of(404, $$"""{"type":"https://ns.adobe.com/aep/errors/FLOW-1439-404","title":"{{other}}","status":404}"""),
    };

    /// <summary>The requests that changed something, without their common path.</summary>
    public static IEnumerable<string> Changes(ScriptedPlatform platform) => platform.Requests
        .Where(static request => request.Method != "GET")
        .Select(static request => $"{request.Method} {request.Path.Replace(Service, string.Empty, StringComparison.Ordinal)}");
}
