namespace AdxFlow.Ingestion.Transports;

/// <summary>A blob of somebody else, which exists already: nothing is written to it, and it is never taken back.</summary>
internal sealed class ExistingBlob(Uri uri) : BatchContent, IBlobContent
{
    public Uri Uri { get; } = uri;

    public override long Sent => 0;

    public override Task CommitAsync() => Task.CompletedTask;

    public override Task AbandonAsync() => Task.CompletedTask;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
