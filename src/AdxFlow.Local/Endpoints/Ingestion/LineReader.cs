namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads lines as UTF-8 bytes, without their LF or CR LF; a byte order mark is skipped.</summary>
internal sealed class LineReader(Stream source)
{
    private const int MaxLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private int _scanned;
    private bool _ended;
    private bool _begun;

    public long BytesRead { get; private set; }

    /// <summary>Goes to the next line; false at the end. The line is valid until the next call.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        if (!_begun)
        {
            _begun = true;
            while (_end < 3 && !_ended)
                Fill();
            if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = _scanned = 3;
        }

        while (true)
        {
            int found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                int stop = _scanned + found;
                line = Trim(_start, stop);
                _start = _scanned = stop + 1;
                return true;
            }

            _scanned = _end;
            if (_ended)
            {
                line = Trim(_start, _end);
                bool any = _end > _start;
                _start = _end;
                return any;
            }

            Fill();
        }
    }

    private ReadOnlyMemory<byte> Trim(int start, int stop)
    {
        if (stop > start && _buffer[stop - 1] == '\r') stop--;
        return _buffer.AsMemory(start, stop - start);
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            if (_end >= MaxLine) throw new IngestionException("Stream_InputStreamTooLarge", $"A line is larger than {MaxLine} bytes.");
            Array.Resize(ref _buffer, _end * 2);
        }

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) _ended = true;
        _end += read;
        BytesRead += read;
    }
}
