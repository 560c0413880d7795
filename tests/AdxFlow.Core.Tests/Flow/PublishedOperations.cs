using AdxFlow.Flow;

namespace AdxFlow.Core.Tests.Flow;

/// <summary>
/// What Adobe publishes: method, path (<c>{}</c> for an id) and query names of each operation, restated from the OpenAPI descriptions of
/// AdobeDocs/experience-platform-apis (static/swagger-specs, Apache-2.0), commit 16c60cd7 of June 2026: all of flow-service.yaml, and of sandbox.yaml,
/// schema-registry.yaml, catalog.yaml, data-prep.yaml and data-access.yaml what a flow has to do with.
/// </summary>
internal static class PublishedOperations
{
    private const string Text = """
        GET /data/foundation/flowservice/connections ? continuationToken count limit orderby property
        POST /data/foundation/flowservice/connections
        GET /data/foundation/flowservice/connections/{}
        GET /data/foundation/flowservice/connections/{}/test
        GET /data/foundation/flowservice/connections/{}/explore ? CompressionType FileType object objectType
        POST /data/foundation/flowservice/connections/{}/action ? op subOp
        PATCH /data/foundation/flowservice/connections/{}/
        DELETE /data/foundation/flowservice/connections/{}/
        GET /data/foundation/flowservice/connections/{}/configs
        POST /data/foundation/flowservice/connections/search ? continuationToken
        GET /data/foundation/flowservice/connectionSpecs ? property
        POST /data/foundation/flowservice/connectionSpecs
        GET /data/foundation/flowservice/connectionSpecs/{}
        PUT /data/foundation/flowservice/connectionSpecs/{}
        GET /data/foundation/flowservice/connectionSpecs/{}/explore
        GET /data/foundation/flowservice/connectionSpecs/{}/configs
        GET /data/foundation/flowservice/flows ? continuationToken count limit orderby property
        POST /data/foundation/flowservice/flows
        GET /data/foundation/flowservice/flows/{}
        PATCH /data/foundation/flowservice/flows/{}
        DELETE /data/foundation/flowservice/flows/{}
        POST /data/foundation/flowservice/flows/search ? continuationToken
        POST /data/foundation/flowservice/flows/{}/action ? op subOp
        GET /data/foundation/flowservice/flowSpecs ? property
        POST /data/foundation/flowservice/flowSpecs
        GET /data/foundation/flowservice/flowSpecs/{}
        PUT /data/foundation/flowservice/flowSpecs/{}
        POST /data/foundation/flowservice/flowSpecs/search
        GET /data/foundation/flowservice/runs ? continuationToken count limit orderby property
        POST /data/foundation/flowservice/runs
        GET /data/foundation/flowservice/runs/{}
        PUT /data/foundation/flowservice/runs/{}
        POST /data/foundation/flowservice/runs/{}/action ? op
        GET /data/foundation/flowservice/sourceConnections ? continuationToken count limit orderby property
        POST /data/foundation/flowservice/sourceConnections
        GET /data/foundation/flowservice/sourceConnections/{}
        PATCH /data/foundation/flowservice/sourceConnections/{}
        DELETE /data/foundation/flowservice/sourceConnections/{}
        POST /data/foundation/flowservice/sourceConnections/{}/action ? op
        GET /data/foundation/flowservice/targetConnections ? continuationToken count limit orderby property
        POST /data/foundation/flowservice/targetConnections
        POST /data/foundation/flowservice/targetConnections/{}/action ? op
        GET /data/foundation/flowservice/targetConnections/{}
        PATCH /data/foundation/flowservice/targetConnections/{}
        DELETE /data/foundation/flowservice/targetConnections/{}
        GET /data/foundation/sandbox-management/
        GET /data/foundation/schemaregistry/stats
        GET /data/foundation/schemaregistry/{}/fieldgroups ? limit orderby property start
        GET /data/foundation/schemaregistry/{}/fieldgroups/{}
        POST /data/foundation/schemaregistry/tenant/fieldgroups
        PUT /data/foundation/schemaregistry/tenant/fieldgroups/{}
        PATCH /data/foundation/schemaregistry/tenant/fieldgroups/{}
        DELETE /data/foundation/schemaregistry/tenant/fieldgroups/{}
        GET /data/foundation/schemaregistry/{}/schemas ? limit orderby property start
        GET /data/foundation/schemaregistry/{}/schemas/{}
        POST /data/foundation/schemaregistry/tenant/schemas
        PUT /data/foundation/schemaregistry/tenant/schemas/{}
        PATCH /data/foundation/schemaregistry/tenant/schemas/{}
        DELETE /data/foundation/schemaregistry/tenant/schemas/{}
        GET /data/foundation/catalog/dataSets ? created createdClient createdUser description enableErrorDiagnostics limit name orderBy properties property start tags updated updatedUser version
        POST /data/foundation/catalog/dataSets
        GET /data/foundation/catalog/dataSets/{} ? properties
        PUT /data/foundation/catalog/dataSets/{}
        PATCH /data/foundation/catalog/dataSets/{}
        DELETE /data/foundation/catalog/dataSets/{}
        POST /data/foundation/conversion/languages/el/validate
        GET /data/foundation/conversion/languages/el/functions
        GET /data/foundation/conversion/languages/el/operators
        GET /data/foundation/conversion/mappingSets ? expandSchema limit name orderBy start
        POST /data/foundation/conversion/mappingSets
        POST /data/foundation/conversion/mappingSets/validate
        POST /data/foundation/conversion/mappingSets/preview
        GET /data/foundation/conversion/mappingSets/{} ? expandSchema version
        PUT /data/foundation/conversion/mappingSets/{}
        GET /data/foundation/conversion/mappingSets/{}/mappings
        GET /data/foundation/conversion/mappingSets/{}/mappings/{}
        GET /data/foundation/export/batches/{}/files ? limit start
        GET /data/foundation/export/batches/{}/failed ? limit path start
        GET /data/foundation/export/batches/{}/meta ? limit path start
        """;

    public static IReadOnlyList<PublishedOperation> All { get; } = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    /// <summary>The operation of that method and path; null where none is published.</summary>
    public static PublishedOperation? Find(FlowOperation operation) =>
        All.FirstOrDefault(published => published.Method == operation.Method.ToString() && IsSamePath(published.Path, operation.Service + operation.Path));

    private static PublishedOperation Read(string line)
    {
        string[] parts = line.Split(" ? ");
        string[] start = parts[0].Split(' ');
        return new PublishedOperation(start[0], start[1], parts.Length > 1 ? parts[1].Split(' ') : []);
    }

    /// <summary>A placeholder stands for one part of the path, be it an id or a word.</summary>
    private static bool IsSamePath(string published, string declared)
    {
        string[] left = published.Split('/');
        string[] right = declared.Split('/');
        return left.Length == right.Length && left.Zip(right).All(static pair => pair.First == pair.Second || (pair.First == "{}" && pair.Second.Length > 0));
    }
}
