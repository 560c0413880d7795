using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads and makes datasets. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/catalog/"/>.</summary>
internal sealed class FlowDatasets(FlowClient client)
{
    private const int DatasetsAtATime = 100;

    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.Catalog, "/dataSets", "limit", "start");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.Catalog, "/dataSets/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.Catalog, "/dataSets");
    private static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.Catalog, "/dataSets/{id}");

    /// <summary>Lists them, page after page.</summary>
    public async IAsyncEnumerable<FlowDataset> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int start = 0; ; start += DatasetsAtATime)
        {
            FlowRequest request = new FlowRequest(List)
                .With("limit", DatasetsAtATime.ToString(CultureInfo.InvariantCulture))
                .With("start", start.ToString(CultureInfo.InvariantCulture));
            IReadOnlyList<FlowDataset> page = ReadAll(await client.SendAsync(request, cancellationToken));
            foreach (FlowDataset dataset in page)
                yield return dataset;
            if (page.Count < DatasetsAtATime)
                yield break;
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowDataset> GetAsync(string id, CancellationToken cancellationToken)
    {
        var request = new FlowRequest(Get, id) { Subject = $"dataset '{id}'" };
        return ReadAll(await client.SendAsync(request, cancellationToken)) is [var dataset, ..] ? dataset : throw FlowErrors.From(404, new FlowErrorBody(), null, request);
    }

    /// <summary>The schema that one follows.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>; <c>FlowDatasetWithoutSchema</c>: it follows none.</exception>
    public async Task<FlowSchema> GetSchemaAsync(string id, CancellationToken cancellationToken)
    {
        FlowDataset dataset = await GetAsync(id, cancellationToken);
        return await new FlowSchemas(client).GetAsync(FlowPartRules.RequireSchema(dataset), dataset.SchemaVersion, cancellationToken);
    }

    /// <summary>Makes one, and its schema where none is named. If it cannot be made, the schema is taken back.</summary>
    public Task<FlowDataset> CreateAsync(FlowDatasetDefinition definition, CancellationToken cancellationToken) => UndoList.RunAsync(async made =>
    {
        string schemaId = definition.SchemaId
            ?? await new FlowSchemas(client).CreateAsync(definition.Name, definition.Description, definition.ClassId, definition.Fields, made, cancellationToken);
        var body = new JsonObject { ["name"] = definition.Name };
        if (definition.Description is not null)
            body["description"] = definition.Description;
        body["schemaRef"] = new JsonObject { ["id"] = schemaId, ["contentType"] = SchemaVersions.DatasetContentType(definition.SchemaVersion) };
        body["enableErrorDiagnostics"] = definition.ErrorDiagnostics;
        string id = await made.MakeAsync(
            async cancel => IdOf(await client.SendAsync(new FlowRequest(Create) { Body = body, Subject = $"dataset '{definition.Name}'" }, cancel)) ?? throw Unnamed(definition.Name),
            static id => $"dataset '{id}'",
            (id, cancel) => client.SendAsync(new FlowRequest(Delete, id) { Subject = $"dataset '{id}'" }, cancel),
            cancellationToken);
        return new FlowDataset
        {
            Id = id,
            Name = definition.Name,
            Description = definition.Description ?? string.Empty,
            SchemaId = schemaId,
            SchemaVersion = definition.SchemaVersion,
            ErrorDiagnostics = definition.ErrorDiagnostics,
        };
    });

    /// <summary>The catalogue answers with one object whose members are the datasets, by id.</summary>
    public static IReadOnlyList<FlowDataset> ReadAll(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object ? [.. answer.EnumerateObject().Where(static member => member.Value.ValueKind == JsonValueKind.Object).Select(static member => Read(member.Name, member.Value))] : [];

    /// <summary>The catalogue names what it made by a reference in a list: <c>["@/dataSets/5c8c…"]</c>.</summary>
    public static string? IdOf(JsonElement answer)
    {
        JsonElement first = answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() > 0 ? answer[0] : answer;
        string? reference = first.ValueKind == JsonValueKind.String ? first.GetString() : first.Text("id");
        return reference?.Split('/')[^1] is { Length: > 0 } id ? id : null;
    }

    private static FlowException Unnamed(string name) => new("FlowInvalidAnswer", AdxErrorKind.InvalidResult, $"Dataset '{name}' was made, but the service does not say which it is.")
    {
        RecommendedAction = "Look for it with Get-FlowDataset.",
    };

    private static FlowDataset Read(string id, JsonElement dataset) => new()
    {
        Id = id,
        Name = dataset.Text("name") ?? string.Empty,
        Description = dataset.Text("description") ?? string.Empty,
        SchemaId = dataset.Text("schemaRef", "id"),
        SchemaVersion = SchemaVersions.Major(dataset.Text("schemaRef", "contentType")),
        ErrorDiagnostics = dataset.Flag("enableErrorDiagnostics") ?? false,
        IsProfileEnabled = (dataset.Member("tags")?.Texts("unifiedProfile") ?? []).Any(static tag => tag.Replace(" ", string.Empty, StringComparison.Ordinal).Contains("enabled:true", StringComparison.OrdinalIgnoreCase)),
        CreatedOn = dataset.Time("created"),
        UpdatedOn = dataset.Time("updated"),
    };
}
