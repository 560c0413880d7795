using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Flow;

namespace AdxFlow;

/// <summary>A column of a source's table, as the connector sees it.</summary>
public sealed class FlowColumn
{
    internal FlowColumn(string name, JsonNode json)
    {
        Name = name;
        Json = json;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The connector's type: <c>string</c>, <c>boolean</c>, <c>double</c> and others.</summary>
    public string? Type { get; internal init; }

    /// <summary>The type in the Experience Data Model, such as <c>date-time</c> or <c>string</c>; null where the connector gives none.</summary>
    public string? XdmType { get; internal init; }

    /// <summary>True for dates with times: what a delta column must be.</summary>
    public bool IsDateTime => XdmType == "date-time";

    /// <summary>What the connector said of it, whole: what a source connection gives back to it.</summary>
    internal JsonNode Json { get; }

    /// <summary>Name and type.</summary>
    /// <returns>For example <c>Id: string</c>.</returns>
    public override string ToString() => $"{Name}: {XdmType ?? Type}";

    internal static FlowColumn? Read(JsonElement column) => column.Text("name") is { } name
        ? new FlowColumn(name, JsonNode.Parse(column.GetRawText())!)
        {
            Type = column.Text("type"),
            XdmType = column.Text("meta:xdmType") ?? column.Text("xdm", "format") ?? column.Text("xdm", "type"),
        }
        : null;
}
