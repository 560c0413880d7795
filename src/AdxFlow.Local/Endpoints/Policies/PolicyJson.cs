using System.Globalization;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>The JSON object of a policy. Names are case-insensitive; one that the policy does not have is refused.</summary>
internal sealed class PolicyJson
{
    private readonly string _policy;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="policy">The name of the policy, for messages.</param>
    /// <param name="json">The text.</param>
    /// <param name="names">The properties that the policy has.</param>
    public PolicyJson(string policy, string json, params string[] names)
    {
        _policy = policy;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Invalid("it must be a JSON object");
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (!names.Contains(member.Name, StringComparer.OrdinalIgnoreCase)) throw Invalid($"it has no property '{member.Name}', only {string.Join(", ", names)}");
                _members[member.Name] = member.Value.Clone();
            }
        }
        catch (JsonException e)
        {
            throw Invalid("it is not JSON: " + e.Message);
        }
    }

    public bool Has(string name) => _members.ContainsKey(name);

    public int Integer(string name, int otherwise, int least, int most)
    {
        if (!_members.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return otherwise;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number)) throw Invalid($"{name} must be a whole number");
        return number >= least && number <= most ? number : throw Invalid($"{name} must be between {least} and {most}");
    }

    public TimeSpan Span(string name, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (!_members.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return otherwise;
        if (value.ValueKind != JsonValueKind.String || !TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out TimeSpan span))
            throw Invalid($"{name} must be a time span such as \"00:05:00\"");
        return span >= least && span <= most ? span : throw Invalid($"{name} must be between {least} and {most}");
    }

    public bool Flag(string name, bool? otherwise)
    {
        if (!_members.TryGetValue(name, out JsonElement value)) return otherwise ?? throw Invalid($"{name} is mandatory");
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Invalid($"{name} must be true or false");
    }

    public double? Number(string name, double? otherwise)
    {
        if (!_members.TryGetValue(name, out JsonElement value)) return otherwise;
        if (value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and var number ? number : throw Invalid($"{name} must be a number above zero, or null");
    }

    public string? Text(string name) => !_members.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null
        ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid($"{name} must be a string");

    public ServiceException Invalid(string why) => Invalid(_policy, why);

    public static ServiceException Invalid(string policy, string why) => ServiceException.BadRequest($"The {policy} is not valid: {why}.");
}
