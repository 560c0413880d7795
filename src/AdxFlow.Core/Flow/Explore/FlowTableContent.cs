using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>A table, and the rows that were looked at.</summary>
internal sealed record FlowTableContent(FlowTable Table, IReadOnlyList<JsonElement> Rows);
