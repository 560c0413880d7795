using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>Streaming ingestion and nothing else: each batch is a request to the engine, and its rows are in the table when it is answered.</summary>
internal sealed class StreamingTransport(StreamingSender sender, IngestionRequest request) : HeldTransport(request.ThrottleLimit)
{
    public override AdxIngestionMode Mode => AdxIngestionMode.Streaming;

    public override long MaxBatchBytes => HeldContent.MaxRawBytes;

    public override bool GoesByPlace => true;

    public override ITransport ByName => throw new AdxException("AdxColumnNotFound", AdxErrorKind.InvalidArgument, $"Rows are streamed by the places of their columns in table '{request.Table}', and it does not have all of those to be filled.")
    {
        RecommendedAction = "Check the columns with Get-AdxTable, or send with -Mode Queued.",
    };

    public override ITransport ForFormat(AdxDataFormat format, string? mappingName) => StreamingRules.Takes(format, mappingName)
        ? this
        : throw new Files.AdxFileException("AdxInvalidCombination", AdxErrorKind.InvalidArgument, StreamingRules.NeedsMapping(format)
            ? $"{format} cannot be streamed without a mapping of the table: -MappingName is missing. Nothing was sent."
            : $"The format {format} cannot be streamed. Nothing was sent.")
        {
            RecommendedAction = StreamingRules.NeedsMapping(format) ? "Make a mapping with New-AdxMapping and give its name, or send with -Mode Auto or Queued." : "Send with -Mode Auto or Queued.",
        };

    protected override async Task SendAsync(SealedBatch batch, ReadOnlyMemory<byte> content, BatchProperties properties, CancellationToken cancel)
    {
        try
        {
            await sender.SendAsync(batch, content, properties, int.MaxValue, request.RetryWindow, cancel);
        }
        catch (AdxException refusal) when (StreamingRules.Advised(refusal, properties) is { } advised && advised != refusal)
        {
            throw advised;
        }
    }
}
