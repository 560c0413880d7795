using System.Buffers;

namespace AdxFlow.Ingestion.Spool;

/// <summary>Reads the frames of a file, one after the other, up to its end or to the first that is not whole.</summary>
internal sealed class SpoolFrameReader(Stream file) : IDisposable
{
    private readonly byte[] _head = new byte[SpoolFrame.HeadBytes];
    private byte[] _payload = [];

    public SpoolFrame Frame { get; private set; }

    /// <summary>The payload of <see cref="Frame"/>, until the next is read.</summary>
    public ReadOnlyMemory<byte> Payload => _payload.AsMemory(0, Frame.Length);

    /// <summary>Bytes of whole frames read so far.</summary>
    public long End { get; private set; }

    /// <summary>True when the file ends with a whole frame; to be asked after <see cref="Read"/> said false.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool Read()
    {
        int read = file.ReadAtLeast(_head, SpoolFrame.HeadBytes, throwOnEndOfStream: false);
        if (read == 0)
            return false;
        IsWhole = false;
        if (read < SpoolFrame.HeadBytes)
            return false;
        var frame = SpoolFrame.Read(_head);
        // A length that was torn must not make one ask for memory.
        if (frame.Length <= 0 || frame.Length > file.Length - End - SpoolFrame.HeadBytes)
            return false;
        if (_payload.Length < frame.Length)
        {
            Return();
            _payload = ArrayPool<byte>.Shared.Rent(frame.Length);
        }
        if (file.ReadAtLeast(_payload.AsSpan(0, frame.Length), frame.Length, throwOnEndOfStream: false) < frame.Length || SpoolFrame.Crc(_head, _payload.AsSpan(0, frame.Length)) != frame.Checksum)
            return false;
        Frame = frame;
        End += SpoolFrame.HeadBytes + frame.Length;
        IsWhole = true;
        return true;
    }

    /// <summary>
    /// True when whole frames come behind one that is not: a write that was torn is the last of its file, so that this one is
    /// damage. To be asked after <see cref="Read"/> said false.
    /// </summary>
    public bool IsFollowed()
    {
        if (IsWhole)
            return false;
        file.Position = End;
        byte[] rest = new byte[file.Length - End];
        file.ReadExactly(rest);
        for (int at = 1; at + SpoolFrame.HeadBytes <= rest.Length; at++)
        {
            var frame = SpoolFrame.Read(rest.AsSpan(at));
            if (frame.Length > 0 && frame.Length <= rest.Length - at - SpoolFrame.HeadBytes
                && SpoolFrame.Crc(rest.AsSpan(at), rest.AsSpan(at + SpoolFrame.HeadBytes, frame.Length)) == frame.Checksum)
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose()
    {
        Return();
        file.Dispose();
    }

    private void Return()
    {
        if (_payload.Length > 0)
            ArrayPool<byte>.Shared.Return(_payload);
        _payload = [];
    }
}
