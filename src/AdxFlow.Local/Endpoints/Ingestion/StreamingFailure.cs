namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>What failed streaming requests have in common, by which they are counted together.</summary>
internal sealed record StreamingFailure(string Database, string Table, string Principal, string Properties, bool Permanent, string Code);
