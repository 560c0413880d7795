using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>A query or a command as it was sent.</summary>
/// <remarks>Source: Microsoft Learn, "Query/management HTTP request" and "Request properties".</remarks>
internal sealed class EngineRequest
{
    private const long MaxBody = 32L * 1024 * 1024;

    private EngineRequest(string? database, string text, Dictionary<string, JsonElement> options, Dictionary<string, string> parameters)
    {
        Database = database;
        Text = text;
        Options = [.. options.Where(o => o.Value.ValueKind != JsonValueKind.Null).Select(o => (o.Key, o.Value.ToString()))];
        Parameters = parameters;
    }

    public string? Database { get; }

    /// <summary>The query or the command.</summary>
    public string Text { get; }

    /// <summary>The options among the request properties; true and false as those words.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; }

    /// <summary>True where the request must not write.</summary>
    public bool IsReadOnly => Flag("request_readonly") || Flag("request_readonly_hardline");

    /// <summary>The query parameters, as KQL literals.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    public static async Task<EngineRequest> ReadAsync(Exchange exchange, CancellationToken cancel)
    {
        if (exchange.Method == "GET")
        {
            string? text = exchange.Query.GetValueOrDefault("csl");
            return Create(exchange.Query.GetValueOrDefault("db"), text, exchange.Query.GetValueOrDefault("properties"));
        }

        byte[] body = await exchange.ReadBodyAsync(MaxBody, cancel);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw ServiceException.BadRequest("The request body must be a JSON object.");
            string? properties = Member(root, "properties") switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Object } json => json.GetRawText(),
                null or { ValueKind: JsonValueKind.Null } => null,
                _ => throw ServiceException.BadRequest("The member 'properties' must be an object, or a string that holds one."),
            };
            return Create(TextMember(root, "db"), TextMember(root, "csl"), properties);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is no valid Unicode shows only when it is read.
            throw ServiceException.BadRequest("The request body is not JSON: " + e.Message);
        }
    }

    private bool Flag(string option) =>
        Options.Any(o => o.Name.Equals(option, StringComparison.OrdinalIgnoreCase) && o.Value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static EngineRequest Create(string? database, string? text, string? properties)
    {
        if (string.IsNullOrWhiteSpace(text)) throw ServiceException.BadRequest("The request has no 'csl'.");
        var options = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(properties))
        {
            using JsonDocument document = ParseProperties(properties);
            if (Member(document.RootElement, "Options") is { ValueKind: JsonValueKind.Object } optionBag)
            {
                foreach (JsonProperty option in optionBag.EnumerateObject())
                    options[option.Name] = option.Value.Clone();
            }

            if (Member(document.RootElement, "Parameters") is { ValueKind: JsonValueKind.Object } parameterBag)
            {
                foreach (JsonProperty parameter in parameterBag.EnumerateObject())
                    parameters[parameter.Name] = parameter.Value.ToString();
            }
        }

        return new EngineRequest(database, text, options, parameters);
    }

    private static JsonDocument ParseProperties(string properties)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(properties);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw ServiceException.BadRequest("The member 'properties' does not hold a JSON object.");
    }

    private static JsonElement? Member(JsonElement json, string name)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    private static string? TextMember(JsonElement json, string name) => Member(json, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        null or { ValueKind: JsonValueKind.Null } => null,
        _ => throw ServiceException.BadRequest($"The member '{name}' must be a string."),
    };
}
