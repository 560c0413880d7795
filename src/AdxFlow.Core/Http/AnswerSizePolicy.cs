using Azure.Core;
using Azure.Core.Pipeline;

namespace AdxFlow.Http;

/// <summary>
/// Bounds the answers that are kept whole in memory: of services, storage and sign-in they have kilobytes. One without end is no
/// answer of theirs. Results of queries and commands are read as they come, and have a bound of their own for each row.
/// </summary>
internal sealed class AnswerSizePolicy : HttpPipelineSynchronousPolicy
{
    private const long Limit = 64 * 1024 * 1024;

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message is { BufferResponse: true, Response.ContentStream: { CanSeek: false } content })
            message.Response.ContentStream = new BoundedStream(content, message.Request.Uri.Host ?? "?");
    }

    private sealed class BoundedStream(Stream inner, string host) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private int Count(int read) => (_read += read) <= Limit
            ? read
            : throw new AdxException("AdxServiceError", AdxErrorKind.InvalidResult, $"'{host}' answered with more than {Limit / (1024 * 1024)} MiB where a service answers briefly.")
            {
                RecommendedAction = "Check the address: a proxy or gateway on the way may have answered instead of the service.",
            };
    }
}
