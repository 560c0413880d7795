using System.Threading.Channels;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Ingestion.Lines;

/// <summary>Reads chunks one after the other as one stream; waits for the next one to come.</summary>
internal sealed class ChunkStream(ChannelReader<ReadOnlyMemory<byte>> chunks) : ForwardReadStream
{
    private ReadOnlyMemory<byte> _rest;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await chunks.WaitToReadAsync(cancellationToken))
                return 0;
            chunks.TryRead(out _rest);
        }
        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }
}
