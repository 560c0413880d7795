namespace AdxFlow.Local.Kql;

/// <summary>What a request asks for beside its query.</summary>
/// <param name="Now">The time of the query in ticks.</param>
/// <param name="SchemaOnly">True for the columns of each result instead of its rows.</param>
internal readonly record struct ExecutionSettings(long Now, bool SchemaOnly);
