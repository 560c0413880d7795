using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads and makes schemas. Source: <see href="https://developer.adobe.com/experience-platform-apis/references/schema-registry/"/>.</summary>
internal sealed class FlowSchemas(FlowClient client)
{
    private const string Global = "https://ns.adobe.com/xdm/";

    private static readonly FlowOperation Stats = new(RequestMethod.Get, FlowServices.SchemaRegistry, "/stats");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.SchemaRegistry, "/{containerId}/schemas/{id}");
    private static readonly FlowOperation CreateGroup = new(RequestMethod.Post, FlowServices.SchemaRegistry, "/tenant/fieldgroups");
    private static readonly FlowOperation DeleteGroup = new(RequestMethod.Delete, FlowServices.SchemaRegistry, "/tenant/fieldgroups/{id}");
    private static readonly FlowOperation CreateSchema = new(RequestMethod.Post, FlowServices.SchemaRegistry, "/tenant/schemas");
    private static readonly FlowOperation DeleteSchema = new(RequestMethod.Delete, FlowServices.SchemaRegistry, "/tenant/schemas/{id}");

    /// <summary>Gets one, with everything it refers to resolved.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowSchema> GetAsync(string id, int version, CancellationToken cancellationToken)
    {
        string container = id.StartsWith(Global, StringComparison.Ordinal) ? "global" : "tenant";
        JsonElement schema = await client.SendAsync(new FlowRequest(Get, container, id) { Accept = SchemaVersions.Accept(version), Subject = $"schema '{id}'" }, cancellationToken);
        return FlowSchemaReader.Read(schema, id, version);
    }

    /// <summary>Makes a field group of fields, and a schema of a class and that group. What was made is taken back if a later step fails.</summary>
    /// <param name="title">The title of the schema; the field group's is a longer one, for titles are unique across all kinds.</param>
    /// <param name="description">What they are for; null for nothing.</param>
    /// <param name="classId">The <c>$id</c> of the class.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="made">What is made; so that a caller can take it back.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The schema's <c>$id</c>.</returns>
    public async Task<string> CreateAsync(string title, string? description, string classId, IReadOnlyList<FlowField> fields, UndoList made, CancellationToken cancellationToken)
    {
        JsonElement stats = await client.SendAsync(new FlowRequest(Stats) { Accept = "application/vnd.adobe.xed-id+json", Subject = "the namespace of the organization" }, cancellationToken);
        string tenantId = stats.Text("tenantId") ?? throw NoAnswer("The Schema Registry does not say which namespace the organization has.");

        string groupTitle = title + " fields";
        FlowRequest groupRequest = new(CreateGroup) { Body = SchemaBody.FieldGroup(groupTitle, description, tenantId, classId, fields), Subject = $"field group '{groupTitle}'" };
        string groupId = await made.MakeAsync(
            async cancel => IdOf(await client.SendAsync(groupRequest, cancel), "field group"),
            static id => $"field group '{id}'",
            (id, cancel) => client.SendAsync(new FlowRequest(DeleteGroup, id), cancel),
            cancellationToken);

        FlowRequest schemaRequest = new(CreateSchema) { Body = SchemaBody.Schema(title, description, classId, groupId), Subject = $"schema '{title}'" };
        return await made.MakeAsync(
            async cancel => IdOf(await client.SendAsync(schemaRequest, cancel), "schema"),
            static id => $"schema '{id}'",
            (id, cancel) => client.SendAsync(new FlowRequest(DeleteSchema, id), cancel),
            cancellationToken);
    }

    private static string IdOf(JsonElement answer, string what) => answer.Text("$id") ?? throw NoAnswer($"The Schema Registry made a {what} and does not say which.");

    private static FlowException NoAnswer(string message) => new("FlowInvalidAnswer", AdxErrorKind.InvalidResult, message)
    {
        RecommendedAction = "Try again; if it stays so, tell Adobe's support.",
    };
}
