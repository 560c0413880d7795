using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Batches;

/// <summary>Batches whose bytes go to the transport while they fill.</summary>
internal sealed class DirectBatches(ITransport transport, SubmissionQueue submissions, IngestionRequest request) : IBatchSink
{
    public long MaxBatchBytes => transport.MaxBatchBytes;

    public async ValueTask<IOpenBatch> OpenAsync(long since, CancellationToken cancel) =>
        new DirectBatch(await OpenBatch.OpenAsync(transport, AdxDataFormat.Csv, request.CompressionLevel, since, cancel), submissions);

    private sealed class DirectBatch(OpenBatch batch, SubmissionQueue submissions) : IOpenBatch
    {
        public long Rows => batch.Rows;

        public long RawBytes => batch.RawBytes;

        public long Since => batch.Since;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> records, long rows, long position, CancellationToken cancel) => batch.WriteAsync(records, rows, cancel);

        public async Task SealAsync() => await submissions.AddAsync(await batch.SealAsync());

        public ValueTask DisposeAsync() => batch.DisposeAsync();
    }
}
