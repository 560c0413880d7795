using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads the connection specs: which connectors there are and what they take.</summary>
internal sealed class FlowConnectionSpecs(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/connectionSpecs");

    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/connectionSpecs/{id}");

    /// <summary>Lists them.</summary>
    public async IAsyncEnumerable<FlowConnectionSpec> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonElement item in client.ListAsync(new FlowRequest(List), cancellationToken))
        {
            if (item.Text("id") is { Length: > 0 })
                yield return Read(item);
        }
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none.</exception>
    public async Task<FlowConnectionSpec> GetAsync(string id, CancellationToken cancellationToken) =>
        Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"connection spec '{id}'" }, cancellationToken));

    private static FlowConnectionSpec Read(JsonElement item) => new(item.Text("id") ?? string.Empty)
    {
        Name = item.Text("name"),
        Version = item.Text("version"),
        ProviderId = item.Text("providerId"),
        Category = item.Text("attributes", "category") ?? item.Member("attributes", "uiAttributes")?.Text("category"),
        IsSource = item.Member("attributes")?.Flag("isSource"),
        IsDraftSupported = item.Member("attributes")?.Flag("isDraftModeSupported"),
        AuthSpecs = [.. item.Items("authSpec").Select(ReadAuth).OfType<FlowAuthSpec>()],
    };

    private static FlowAuthSpec? ReadAuth(JsonElement auth) => auth.Text("name") is { } name
        ? new FlowAuthSpec(name) { Type = auth.Text("type"), Parameters = [.. ReadParameters(auth.Member("spec") ?? default)] }
        : null;

    /// <summary>The properties of a JSON Schema of draft 7.</summary>
    private static IEnumerable<FlowAuthParameter> ReadParameters(JsonElement schema)
    {
        if (schema.Member("properties") is not { ValueKind: JsonValueKind.Object } properties)
            yield break;
        IReadOnlyList<string> required = schema.Texts("required");
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            yield return new FlowAuthParameter(property.Name)
            {
                Title = property.Value.Text("title"),
                Description = property.Value.Text("description"),
                Type = property.Value.Text("type"),
                IsRequired = required.Contains(property.Name),
                IsSecret = property.Value.Text("format") == "password",
                AllowedValues = property.Value.Texts("enum"),
            };
        }
    }
}
