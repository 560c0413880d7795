namespace AdxFlow.Local.Tables;

/// <summary>A column of a table or of a result: its name (case-sensitive) and its type.</summary>
internal sealed record Column(string Name, KustoType Type);
