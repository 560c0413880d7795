using System.Globalization;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// The tag by which the service knows a batch again.
/// Source: https://learn.microsoft.com/kusto/management/extent-tags#ingest-by-extent-tags
/// </summary>
internal static class SpoolTag
{
    public const string Prefix = "ingest-by:";

    public static string Of(Guid id, int batch) => string.Create(CultureInfo.InvariantCulture, $"adxflow-{id:N}-{batch}");
}
