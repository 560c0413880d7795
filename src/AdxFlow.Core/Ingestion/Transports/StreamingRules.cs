using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>What can be streamed, and what a refusal of it means.</summary>
internal static class StreamingRules
{
    /// <summary>
    /// The formats that streaming takes, JSON only with a mapping of the table. It takes Avro too, whose files are queued: nobody
    /// here can tell how large their data is.
    /// Source: https://learn.microsoft.com/kusto/api/rest/streaming-ingest
    /// </summary>
    public static bool Takes(AdxDataFormat format, string? mappingName) => format switch
    {
        AdxDataFormat.Csv or AdxDataFormat.Tsv or AdxDataFormat.Psv or AdxDataFormat.Scsv or AdxDataFormat.Sohsv => true,
        _ => NeedsMapping(format) && mappingName is not null,
    };

    /// <summary>True for formats of which streaming finds no columns by itself.</summary>
    public static bool NeedsMapping(AdxDataFormat format) => format is AdxDataFormat.Json or AdxDataFormat.MultiJson;

    /// <summary>
    /// True where the refusal is of streaming, and not of the data: it is off, the policy does not allow it, the table cannot have
    /// it, the batch is too large, or streaming has not heard of a new table or mapping, for which it may take five minutes.
    /// The same can be queued. The words are those by which Microsoft's Java client tells it.
    /// </summary>
    public static bool IsOfStreaming(AdxException refusal) =>
        refusal.StatusCode is 404 or 413
        || refusal.ErrorId is "AdxTableNotFound"
        || Says(refusal.ServiceCode, "StreamingIngestion")
        || Says(refusal.ServiceCode, "EntityNotFound")
        || (Says(refusal.Message, "streaming") && (Says(refusal.Message, "disabled") || Says(refusal.Message, "not enabled") || Says(refusal.Message, "is off")))
        || (refusal.StatusCode == 400 && (Says(refusal.Message, "update policy") || Says(refusal.Message, "incompatible")));

    /// <summary>True where streaming will be refused for the next batches as well.</summary>
    public static bool IsLasting(AdxException refusal) => refusal.StatusCode != 413 && refusal.ErrorId is not "AdxTableNotFound" && !Says(refusal.ServiceCode, "EntityNotFound");

    /// <summary>The refusal with what can be done about it.</summary>
    public static AdxException Advised(AdxException refusal, BatchProperties properties) => !IsOfStreaming(refusal) || !IsLasting(refusal)
        ? refusal
        : new AdxException("AdxStreamingUnavailable", AdxErrorKind.InvalidArgument, $"Table '{properties.Database}.{properties.Table}' takes no streaming ingestion: {refusal.Message}", refusal)
        {
            ServiceCode = refusal.ServiceCode,
            StatusCode = refusal.StatusCode,
            IsPermanent = true,
            ActivityId = refusal.ActivityId,
            ClientRequestId = refusal.ClientRequestId,
            RecommendedAction = "Send with -Mode Auto or Queued. Or allow it: streaming ingestion is switched on for the cluster in the Azure portal, and for the table with Set-AdxTablePolicy; it may take five minutes to be seen.",
        };

    private static bool Says(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
