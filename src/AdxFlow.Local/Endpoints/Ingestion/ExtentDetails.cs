namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>What an ingestion from a query made, as its result tells it; the stand-in makes one extent of all rows.</summary>
internal sealed record ExtentDetails(Guid ExtentId, long Size, long Rows);
