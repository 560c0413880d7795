using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Flows;
using AdxFlow.Local.Endpoints.Flow.Neighbours;
using AdxFlow.Local.Endpoints.Flow.Resources;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>The fields that the columns of a run are mapped to, and what is wrong with a row for them.</summary>
/// <remarks>Sources: Experience League, "Data Prep troubleshooting guide" (required fields), "Partial batch ingestion" (codes).</remarks>
internal sealed class FieldChecks
{
    /// <summary>How many rows that failed are kept to be read.</summary>
    public const int MostSamples = 100;

    private const int NoColumn = -1;

    private readonly List<(int Column, string Source, JsonObject Field, bool IsRequired)> _checks = [];
    private readonly IReadOnlyList<string> _missing = [];

    public FieldChecks(Workspace workspace, FlowResource flow, Dictionary<string, int> ordinals)
    {
        if (FlowTransformations.Read(flow.Body).MappingId is not { } id || !workspace.MappingSets.TryGetValue(id, out MappingSet? mapping)) return;
        if (workspace.Schemas.Find(RegistryKind.Schemas, mapping.SchemaId) is not { } schema) return;
        IReadOnlyList<string> required = workspace.Schemas.Required(schema);
        _missing = [.. required.Where(path => !mapping.Rules.Any(r => r.Destination == path || r.Destination.StartsWith(path + ".", StringComparison.Ordinal)))];
        foreach (MappingRule rule in mapping.Rules.Where(r => r.Kind == "ATTRIBUTE"))
        {
            if (workspace.Schemas.Field(schema, rule.Destination) is not { } field) continue;
            int column = rule.SourceColumn is { } name && ordinals.TryGetValue(name, out int ordinal) ? ordinal : NoColumn;
            _checks.Add((column, string.Join('.', rule.SourcePath), field, required.Contains(rule.Destination)));
        }
    }

    public IReadOnlyList<JsonObject> Problems(RowChunk chunk, int row)
    {
        List<JsonObject>? problems = null;
        foreach ((int column, string source, JsonObject field, bool isRequired) in _checks)
        {
            object? value = column == NoColumn ? null : chunk[column].GetValue(row);
            if (value is null or "")
            {
                if (isRequired) (problems ??= []).Add(Problem(source, RowProblem.RequiredMissing));
            }
            else if (FieldConversion.Problem(value, field) is { } problem)
            {
                (problems ??= []).Add(Problem(source, new RunError(RowProblem.NotConverted.Code, problem)));
            }
        }

        foreach (string path in _missing)
            (problems ??= []).Add(Problem(path, RowProblem.RequiredMissing));
        return problems ?? [];
    }

    private static JsonObject Problem(string column, RunError error) => new() { ["column"] = column, ["code"] = error.Code, ["message"] = error.Message };
}
