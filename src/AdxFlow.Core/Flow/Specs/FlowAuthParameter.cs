using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdxFlow;

/// <summary>A parameter of a connector's way to sign in.</summary>
public sealed class FlowAuthParameter
{
    internal FlowAuthParameter(string name)
    {
        Name = name;
    }

    /// <summary>The name, as -AuthParameter takes it.</summary>
    public string Name { get; }

    /// <summary>The name for people.</summary>
    public string? Title { get; internal init; }

    /// <summary>What it is.</summary>
    public string? Description { get; internal init; }

    /// <summary>The type of JSON Schema: <c>string</c>, <c>integer</c>, <c>boolean</c> and so on; null where the spec does not say.</summary>
    public string? Type { get; internal init; }

    /// <summary>True where it must be given.</summary>
    public bool IsRequired { get; internal init; }

    /// <summary>True for a secret.</summary>
    public bool IsSecret { get; internal init; }

    /// <summary>The values it takes; empty where any will do.</summary>
    public IReadOnlyList<string> AllowedValues { get; internal init; } = [];

    /// <summary>The name, and whether it must be given.</summary>
    /// <returns>For example <c>endpoint</c> or <c>[port]</c>.</returns>
    public override string ToString() => IsRequired ? Name : $"[{Name}]";

    /// <summary>Why a value is refused; null where it is not. Of a secret the value is never told.</summary>
    internal string? Refusal(JsonNode value)
    {
        JsonValueKind kind = value.GetValueKind();
        bool fits = Type switch
        {
            "string" => kind == JsonValueKind.String,
            "integer" or "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            _ => true,
        };
        if (!fits)
            return $"'{Name}' is no {Type}";
        if (AllowedValues.Count > 0 && !AllowedValues.Contains(kind == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()))
            return $"'{Name}' is none of {string.Join(", ", AllowedValues)}";
        return null;
    }
}
