using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Spool;

/// <summary>Batches that are on disk before they are sent. Whoever fills them waits while the spool has no room.</summary>
internal sealed class SpooledBatches(SpoolDirectory spool, SpoolSender sender, string mapping, IngestionRequest request, long maxBatchBytes) : IBatchSink
{
    // What gzip, its flush and the head of a frame add at most to bytes that cannot be compressed, and a little more.
    private const int FrameOverhead = 1024;

    private Task _sealing = Task.CompletedTask;

    /// <summary>With a part of the room for the open batch, it never waits for room that only it could make.</summary>
    public long MaxBatchBytes => Math.Min(maxBatchBytes, request.SpoolBytes / 4);

    public async ValueTask<IOpenBatch> OpenAsync(long since, CancellationToken cancel)
    {
        // A batch must be whole on disk before the next is there: so the rows on disk have no gap.
        await _sealing;
        sender.ThrowIfFailed();
        return new SpooledBatch(this, spool.OpenBatch(mapping, request.CompressionLevel), since);
    }

    private sealed class SpooledBatch(SpooledBatches batches, SpoolBatchWriter writer, long since) : IOpenBatch
    {
        private bool _isSealed;

        public long Rows => writer.Rows;

        public long RawBytes => writer.RawBytes;

        public long Since => since;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> records, long rows, long position, CancellationToken cancel)
        {
            await batches.RoomAsync(records.Length + FrameOverhead, cancel);
            writer.Write(records.Span, rows, position);
        }

        public Task SealAsync() => batches._sealing = Task.Run(Seal);

        public ValueTask DisposeAsync()
        {
            if (_isSealed)
                writer.Dispose();
            else
                batches.Leave(writer);
            return ValueTask.CompletedTask;
        }

        private void Seal()
        {
            SpoolRecord record = batches.Seal(writer);
            _isSealed = true;
            batches.Send(record);
        }
    }

    private Task RoomAsync(long bytes, CancellationToken cancel) => sender.WaitForRoomAsync(bytes, request.SpoolBytes, cancel);

    private SpoolRecord Seal(SpoolBatchWriter writer) => spool.Seal(writer);

    private void Send(SpoolRecord record) => sender.Add(record);

    private void Leave(SpoolBatchWriter writer) => spool.Leave(writer);
}
