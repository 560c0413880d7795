using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>The fields that the columns of a run are mapped to, and what is wrong with a row for them.</summary>
internal sealed class FieldChecks
{
    /// <summary>How many rows that failed are kept to be read.</summary>
    public const int MostSamples = 100;

    private readonly List<(int Column, string Source, JsonObject Field, bool IsRequired)> _checks = [];

    public FieldChecks(Workspace workspace, FlowResource flow, Dictionary<string, int> ordinals)
    {
        if (FlowTransformations.Read(flow.Body).MappingId is not { } id || !workspace.MappingSets.TryGetValue(id, out MappingSet? mapping)) return;
        if (workspace.Schemas.Find(RegistryKind.Schemas, mapping.SchemaId) is not { } schema) return;
        IReadOnlyList<string> required = workspace.Schemas.Required(schema);
        foreach (MappingRule rule in mapping.Rules.Where(r => r.Kind == "ATTRIBUTE"))
        {
            if (ordinals.TryGetValue(rule.SourceField, out int column) && workspace.Schemas.Field(schema, rule.Destination) is { } field)
                _checks.Add((column, rule.SourceField, field, required.Contains(rule.Destination)));
        }
    }

    public IReadOnlyList<JsonObject> Problems(RowChunk chunk, int row)
    {
        List<JsonObject>? problems = null;
        foreach ((int column, string source, JsonObject field, bool isRequired) in _checks)
        {
            object? value = chunk[column].GetValue(row);
            string? problem = value is null or "" ? isRequired ? "A required field has no value." : null : FieldConversion.Problem(value, field);
            if (problem is not null) (problems ??= []).Add(new JsonObject { ["column"] = source, ["code"] = "MAPPER-3700-400", ["message"] = problem });
        }

        return problems ?? [];
    }
}
