using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>A transport that keeps batches in memory and can be told to stall or to fail.</summary>
internal sealed class MemoryTransport : ITransport
{
    public ConcurrentQueue<MemoryContent> Opened { get; } = new();

    public ConcurrentQueue<IReadOnlyList<SealedBatch>> Submissions { get; } = new();

    public ConcurrentQueue<SealedBatch> Discarded { get; } = new();

    public AdxIngestionMode Mode => AdxIngestionMode.Queued;

    public long MaxBatchBytes { get; init; } = long.MaxValue;

    public int MaxBatchesPerSubmission { get; init; } = 3;

    /// <summary>Called before a submission; may wait or throw.</summary>
    public Func<IReadOnlyList<SealedBatch>, Task>? OnSubmit { get; init; }

    /// <summary>Called before a content is committed; may wait or throw.</summary>
    public Func<MemoryContent, Task>? OnCommit { get; init; }

    /// <summary>Called before a batch is discarded; may wait or throw.</summary>
    public Func<SealedBatch, Task>? OnDiscard { get; init; }

    /// <summary>The batches as text, in the order in which they were opened.</summary>
    public IReadOnlyList<string> Texts => [.. Opened.Select(static content => content.Text)];

    public ValueTask<BatchContent> OpenAsync(Guid sourceId, string extension, CancellationToken cancel)
    {
        var content = new MemoryContent(this, sourceId, extension);
        Opened.Enqueue(content);
        return ValueTask.FromResult<BatchContent>(content);
    }

    public async Task SubmitAsync(IReadOnlyList<SealedBatch> batches, BatchProperties properties, Action<SealedBatch, AdxIngestionBatch> accepted, CancellationToken cancel)
    {
        SealedBatch[] copy = [.. batches];
        if (OnSubmit is not null)
            await OnSubmit(copy).WaitAsync(cancel);
        Submissions.Enqueue(copy);
        string operationId = "operation-" + Submissions.Count;
        foreach (SealedBatch batch in copy)
            accepted(batch, batch.Accepted(operationId));
    }

    public async Task DiscardAsync(SealedBatch batch)
    {
        if (OnDiscard is not null)
            await OnDiscard(batch);
        Discarded.Enqueue(batch);
        await batch.Content.DisposeAsync();
    }

    internal sealed class MemoryContent(MemoryTransport transport, Guid sourceId, string extension) : BatchContent
    {
        private readonly MemoryStream _bytes = new();

        public Guid SourceId => sourceId;

        public string Extension => extension;

        public bool IsCommitted { get; private set; }

        public bool IsAbandoned { get; private set; }

        public bool IsDisposed { get; private set; }

        public override long Sent => _bytes.Length;

        /// <summary>As they were sent.</summary>
        public byte[] Bytes => _bytes.ToArray();

        public string Text => Encoding.UTF8.GetString(Raw());

        public byte[] Raw()
        {
            using var gzip = new GZipStream(new MemoryStream(_bytes.ToArray()), CompressionMode.Decompress);
            using var raw = new MemoryStream();
            gzip.CopyTo(raw);
            return raw.ToArray();
        }

        public override async Task CommitAsync()
        {
            if (transport.OnCommit is not null)
                await transport.OnCommit(this);
            IsCommitted = true;
        }

        public override Task AbandonAsync()
        {
            IsAbandoned = true;
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Assert.False(IsCommitted || IsAbandoned);
            _bytes.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
