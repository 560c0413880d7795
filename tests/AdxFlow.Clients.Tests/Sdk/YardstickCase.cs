using System.Text.Json.Nodes;
using AdxFlow.Ingestion;

namespace AdxFlow.Clients.Tests.Sdk;

/// <summary>A file and its properties, in our words and in those of Microsoft's SDK.</summary>
internal sealed record YardstickCase
{
    public required string File { get; init; }

    public required byte[] Content { get; init; }

    public Func<IngestionRequest, IngestionRequest> Request { get; init; } = static request => request;

    public bool IgnoreFirstRecord { get; init; }

    /// <summary>The SDK's properties as JSON, beside database and table.</summary>
    public string Sdk { get; init; } = "{}";

    /// <summary>The SDK's columns of a mapping, as JSON; null for none.</summary>
    public string? SdkMapping { get; init; }

    /// <summary>True where the status goes to the table. Microsoft's client takes seconds for that: it inserts the row thrice.</summary>
    public bool ReportsToTable { get; init; }

    /// <summary>The fields in which the two differ, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Differences { get; init; } = new Dictionary<string, string>();

    public JsonObject PropertiesOfSdk()
    {
        JsonObject properties = JsonNode.Parse(Sdk)!.AsObject();
        properties["database"] = "D b";
        properties["table"] = "T 1";
        properties["reportLevel"] = ReportsToTable ? 2 : 1;
        if (ReportsToTable)
            properties["reportMethod"] = 1;
        return properties;
    }

    public JsonArray? MappingOfSdk() => SdkMapping is null ? null : JsonNode.Parse(SdkMapping)!.AsArray();
}
