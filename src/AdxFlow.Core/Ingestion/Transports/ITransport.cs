using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Transports;

/// <summary>One way of bringing batches to a cluster: where their bytes go, and how they are handed over.</summary>
internal interface ITransport
{
    /// <summary>The way that was taken so far, or that the first batch will take.</summary>
    AdxIngestionMode Mode { get; }

    /// <summary>Raw bytes that a batch may hold at most.</summary>
    long MaxBatchBytes { get; }

    /// <summary>Raw bytes that one row may have; a longer one cannot be sent this way.</summary>
    long MaxRowBytes => long.MaxValue;

    /// <summary>Batches that <see cref="SubmitAsync"/> takes at once.</summary>
    int MaxBatchesPerSubmission { get; }

    /// <summary>True where fields of CSV may go to columns by their place in the table, and not by a mapping sent along.</summary>
    bool GoesByPlace => false;

    /// <summary>The part of this transport that finds columns by name; for rows of which the places in the table are not known.</summary>
    ITransport ByName => this;

    /// <summary>
    /// The transport for bytes that come packed, count as a whole, or are a blob already, none of which is read here to its end
    /// before it is handed on; null where only what this module has packed can be sent.
    /// </summary>
    ITransport? ForBlobs => this;

    /// <summary>The transport for data that comes in a format.</summary>
    /// <exception cref="Files.AdxFileException"><c>AdxInvalidCombination</c>: the format cannot be sent this way.</exception>
    ITransport ForFormat(AdxDataFormat format, string? mappingName) => this;

    /// <summary>The transport for the batches of files, all of which are held until the file has proved whole.</summary>
    ITransport ForFiles => this;

    /// <summary>A place for the bytes of a new batch.</summary>
    ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel);

    /// <summary>Hands sealed batches over.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="properties">What the service must know of them.</param>
    /// <param name="accepted">Told of each batch that the service has accepted, also when another one fails afterwards. It may be called by several threads.</param>
    /// <param name="cancel">Stops it.</param>
    Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel);

    /// <summary>Takes back a sealed batch that will not be handed over, as far as the service lets one.</summary>
    Task DiscardAsync(SealedBatch batch);
}
