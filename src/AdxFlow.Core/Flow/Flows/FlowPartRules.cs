namespace AdxFlow.Flow;

/// <summary>Whether the parts of a flow fit together, looked at before anything is made.</summary>
internal static class FlowPartRules
{
    /// <summary>The delta column is one of the table.</summary>
    /// <exception cref="FlowException"><c>FlowDeltaColumnNotFound</c>.</exception>
    public static void CheckDeltaColumn(string? deltaColumn, string? table, IReadOnlyList<string> columns)
    {
        if (deltaColumn is null || columns.Count == 0 || columns.Contains(deltaColumn, StringComparer.Ordinal))
            return;
        string? nearly = columns.FirstOrDefault(column => column.Equals(deltaColumn, StringComparison.OrdinalIgnoreCase));
        throw FlowRefusal.Of(
            "FlowDeltaColumnNotFound",
            $"Table '{table}' has no column '{deltaColumn}' that could be the delta column.",
            nearly is null ? $"Its columns are {string.Join(", ", columns)}." : $"Give -DeltaColumn {nearly}: the case of letters matters.");
    }

    /// <summary>Dataset and mapping are for the same schema, of the same version; the service demands it (FLOW-1425-400).</summary>
    /// <exception cref="FlowException"><c>FlowSchemaMismatch</c>.</exception>
    public static void CheckSchema(string dataset, string? schemaId, int schemaVersion, FlowMapping mapping)
    {
        if (schemaId is null || mapping.SchemaId is null || (schemaId == mapping.SchemaId && schemaVersion == mapping.SchemaVersion))
            return;
        string why = schemaId == mapping.SchemaId
            ? $"version {schemaVersion} of the schema, and the mapping '{mapping}' for version {mapping.SchemaVersion}"
            : $"the schema {schemaId}, and the mapping '{mapping}' for {mapping.SchemaId}";
        throw FlowRefusal.Of("FlowSchemaMismatch", $"{dataset} is for {why}.", "Make the mapping again for the dataset's schema: New-FlowMapping -DatasetId.");
    }

    /// <summary>A dataset without a schema cannot be a target.</summary>
    /// <exception cref="FlowException"><c>FlowDatasetWithoutSchema</c>.</exception>
    public static string RequireSchema(FlowDataset dataset) => dataset.SchemaId
        ?? throw FlowRefusal.Of("FlowDatasetWithoutSchema", $"Dataset '{dataset.Name}' ({dataset.Id}) follows no schema; no flow can bring rows into it.", "Choose another, or make one with New-FlowDataset.");
}
