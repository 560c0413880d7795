using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads, makes and tests mapping sets. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/data-prep/"/>.</summary>
internal sealed class FlowMappings(FlowClient client)
{
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.DataPrep, "/mappingSets/{id}");
    private static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.DataPrep, "/mappingSets");
    private static readonly FlowOperation Validate = new(RequestMethod.Post, FlowServices.DataPrep, "/mappingSets/validate");
    private static readonly FlowOperation Preview = new(RequestMethod.Post, FlowServices.DataPrep, "/mappingSets/preview");

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowMapping> GetAsync(string id, CancellationToken cancellationToken) =>
        MappingBody.Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"mapping '{id}'" }, cancellationToken));

    /// <summary>Makes one.</summary>
    public async Task<FlowMapping> CreateAsync(FlowMappingDefinition definition, CancellationToken cancellationToken)
    {
        definition.Check();
        JsonElement answer = await client.SendAsync(new FlowRequest(Create) { Body = MappingBody.Of(definition), Subject = "the mapping" }, cancellationToken);
        return new FlowMapping
        {
            Id = answer.Text("id") ?? throw new FlowException("FlowInvalidAnswer", AdxErrorKind.InvalidResult, "The mapping was made, but the service does not say which it is.")
            {
                RecommendedAction = "Make it again; one that no dataflow names does no harm.",
            },
            Version = (int?)answer.Number("version") ?? 0,
            Name = definition.Name ?? string.Empty,
            SchemaId = definition.SchemaId,
            SchemaVersion = definition.SchemaVersion,
            Fields = definition.Fields,
            CreatedOn = answer.Time("createdDate"),
        };
    }

    /// <summary>Has the service look at the fields, and at what rows become by them.</summary>
    /// <param name="definition">The fields.</param>
    /// <param name="mappingId">The mapping they are of; null for none.</param>
    /// <param name="rows">Sample rows as JSON objects; empty for none.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<FlowMappingTest> TestAsync(FlowMappingDefinition definition, string? mappingId, IReadOnlyList<JsonNode> rows, CancellationToken cancellationToken)
    {
        definition.Check();
        JsonElement answer = await client.SendAsync(new FlowRequest(Validate) { Body = MappingBody.Of(definition), Subject = "the mapping" }, cancellationToken);
        List<FlowMappingError> errors = ErrorsOf(answer, definition.Fields);
        var preview = new List<string>();
        if (errors.Count == 0 && rows.Count > 0)
        {
            var body = new JsonObject { ["data"] = new JsonArray([.. rows]), ["mappingSet"] = MappingBody.Of(definition) };
            JsonElement mapped = await client.SendAsync(new FlowRequest(Preview) { Body = body, Subject = "the mapping" }, cancellationToken);
            preview.AddRange(RowsOf(mapped));
            errors.AddRange((mapped.ValueKind == JsonValueKind.Array ? mapped.EnumerateArray().SelectMany(static row => row.Items("errors")) : mapped.Items("errors")).Select(MappingBody.ReadError));
        }
        return new FlowMappingTest { MappingId = mappingId, SchemaId = definition.SchemaId, FieldCount = definition.Fields.Count, Errors = errors, Preview = preview };
    }

    /// <summary>The service answers for the fields in their order; a failure may not name its field.</summary>
    internal static List<FlowMappingError> ErrorsOf(JsonElement answer, IReadOnlyList<FlowFieldMapping> fields)
    {
        var errors = new List<FlowMappingError>();
        int index = 0;
        foreach (JsonElement response in answer.Items("validationResponse"))
        {
            FlowFieldMapping? field = index < fields.Count ? fields[index] : null;
            index++;
            FlowMappingError[] told = [.. response.Items("errors").Select(MappingBody.ReadError)];
            if (told.Length == 0 && string.Equals(response.Text("status"), "FAILED", StringComparison.OrdinalIgnoreCase))
                told = [new FlowMappingError { Message = "The service refuses the field." }];
            errors.AddRange(told.Select(error => new FlowMappingError
            {
                Destination = error.Destination.Length > 0 ? error.Destination : field?.Destination ?? string.Empty,
                Source = error.Source.Length > 0 ? error.Source : field?.Source ?? string.Empty,
                Message = error.Message,
            }));
        }
        return errors;
    }

    private static IEnumerable<string> RowsOf(JsonElement answer) => answer.ValueKind == JsonValueKind.Array
        ? answer.EnumerateArray().SelectMany(static row => row.Items("data")).Select(static row => row.GetRawText())
        : answer.Items("data").Select(static row => row.GetRawText());
}
