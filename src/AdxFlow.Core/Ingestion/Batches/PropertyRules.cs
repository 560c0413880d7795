using AdxFlow.Adx;

namespace AdxFlow.Ingestion.Batches;

/// <summary>
/// Which properties of an ingestion go together and with which mode, so that what the service would refuse, or silently leave
/// out, is told before anything is sent. The parameters are named as those of Send-AdxData.
/// </summary>
internal static class PropertyRules
{
    private const string IngestByPrefix = "ingest-by:";

    /// <exception cref="AdxException"><c>AdxInvalidCombination</c>.</exception>
    public static void Check(IngestionRequest request)
    {
        if (request.MappingName is not null && request.Mapping is not null)
            throw Refused("-MappingName and -Mapping are two mappings; data has one.", "Give one of them.");
        if (request.Tags.Concat(request.IngestBy).Concat(request.IngestIfNotExists).Any(string.IsNullOrWhiteSpace))
            throw Refused("-Tag, -IngestBy and -IngestIfNotExists take no empty text: data of all runs would pass for the same.", "If the value comes out of a variable, see whether that is empty; or leave the parameter out.");
        // The service takes the name without the prefix here, and would look for 'ingest-by:ingest-by:…'.
        if (request.IngestIfNotExists.Concat(request.IngestBy).FirstOrDefault(static value => value.StartsWith(IngestByPrefix, StringComparison.OrdinalIgnoreCase)) is { } prefixed)
            throw Refused($"'{prefixed}' has the prefix '{IngestByPrefix}', which -IngestBy and -IngestIfNotExists put before it themselves.", "Give the value without the prefix.");
        if (request.Mode == AdxIngestionMode.Streaming && QueuedOnly(request).FirstOrDefault() is { } notStreamed)
            throw Refused($"{notStreamed} does not go with -Mode Streaming: streaming ingestion takes none.", notStreamed == "-Mapping" ? "Make the mapping with New-AdxMapping and give its name with -MappingName, or send with -Mode Auto or Queued." : "Send with -Mode Auto or Queued.");
        if (request.Mode == AdxIngestionMode.Direct && OfBlobs(request).FirstOrDefault() is { } notDirect)
            throw Refused($"{notDirect} does not go with -Mode Direct, which has neither batching nor blobs, nor operations to follow.", "Leave it out, or send with -Mode Queued.");
    }

    /// <summary>True where streaming cannot carry what was asked for.</summary>
    public static bool NeedsQueue(IngestionRequest request) => QueuedOnly(request).Any();

    /// <summary>What the service must know of batches in a format.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidMapping</c>: the mapping is none for the format.</exception>
    public static BatchProperties For(IngestionRequest request, string database, AdxDataFormat format, string? rowMapping = null) => new()
    {
        Database = database,
        Table = request.Table,
        Format = format,
        InlineMapping = rowMapping ?? InlineMapping(request.Mapping, format),
        MappingName = rowMapping is null ? request.MappingName : null,
        Tags = [.. request.Tags, .. request.IngestBy.Select(static value => IngestByPrefix + value)],
        IngestIfNotExists = request.IngestIfNotExists,
        CreationTime = request.CreationTime,
        ValidationPolicy = request.ValidationPolicy switch
        {
            null => null,
            AdxValidationPolicy.None => """{"ValidationOptions":0,"ValidationImplications":1}""",
            AdxValidationPolicy.BestEffort => """{"ValidationOptions":1,"ValidationImplications":1}""",
            _ => """{"ValidationOptions":1,"ValidationImplications":0}""",
        },
        SkipBatching = request.SkipBatching,
        ExtendSchema = request.ExtendSchema,
        KeepBlob = request.KeepBlob,
        IsSingleTry = request.DeliveryGuarantee == AdxDeliveryGuarantee.None,
    };

    private static string? InlineMapping(IReadOnlyList<AdxColumnMapping>? columns, AdxDataFormat format) => columns is null
        ? null
        : MappingJson.Write(MappingRules.Complete(new AdxMappingDefinition { Name = "-Mapping", Kind = MappingKind(format), Columns = columns }).Columns);

    /// <summary>The kind of mapping that goes with a format. Source: https://learn.microsoft.com/kusto/management/mappings</summary>
    public static AdxMappingKind MappingKind(AdxDataFormat format) => format switch
    {
        AdxDataFormat.Json or AdxDataFormat.MultiJson or AdxDataFormat.SingleJson => AdxMappingKind.Json,
        AdxDataFormat.Avro or AdxDataFormat.ApacheAvro => AdxMappingKind.Avro,
        AdxDataFormat.Parquet => AdxMappingKind.Parquet,
        AdxDataFormat.Orc => AdxMappingKind.Orc,
        AdxDataFormat.W3CLogFile => AdxMappingKind.W3CLogFile,
        _ => AdxMappingKind.Csv,
    };

    private static IEnumerable<string> QueuedOnly(IngestionRequest request)
    {
        if (request.Mapping is not null)
            yield return "-Mapping";
        if (request.Tags.Count > 0)
            yield return "-Tag";
        if (request.IngestBy.Count > 0)
            yield return "-IngestBy";
        if (request.IngestIfNotExists.Count > 0)
            yield return "-IngestIfNotExists";
        if (request.CreationTime is not null)
            yield return "-CreationTime";
        if (request.ValidationPolicy is not null)
            yield return "-ValidationPolicy";
        if (request.ExtendSchema)
            yield return "-ExtendSchema";
        foreach (string name in OfBlobs(request))
            yield return name;
    }

    private static IEnumerable<string> OfBlobs(IngestionRequest request)
    {
        if (request.SkipBatching)
            yield return "-SkipBatching";
        if (request.KeepBlob)
            yield return "-KeepBlob";
        // A spool is emptied by what the service tells of operations.
        if (request.SpoolPath is not null)
            yield return "-SpoolPath";
    }

    public static AdxException NoBlobs(AdxIngestionMode mode) => Refused($"Blobs are ingested from where they are by the queue of the service, which -Mode {mode} does not use.", "Send with -Mode Auto or Queued.");

    private static AdxException Refused(string reason, string action) =>
        new("AdxInvalidCombination", AdxErrorKind.InvalidArgument, $"{reason} Nothing was sent.") { RecommendedAction = action };
}
