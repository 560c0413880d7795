using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>How the batches of one format go: over which transport, and what the service must know of them.</summary>
internal sealed record FormatRoute(ITransport Transport, BatchProperties Properties)
{
    public AdxDataFormat Format => Properties.Format;
}
