namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Reads records of delimited text as UTF-8 bytes: fields with quotes per RFC 4180 (doubled quotes, and line breaks
/// within), lines ended by LF or CR LF, empty lines skipped, a byte order mark skipped. No string is made.
/// </summary>
internal sealed class DelimitedReader(Stream source, byte delimiter) : IRecordReader
{
    private const int MaxRecord = 64 * 1024 * 1024;

    private readonly List<Field> _fields = [];
    private byte[] _buffer = new byte[256 * 1024];
    private byte[] _unescaped = [];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>The number of records read.</summary>
    public long Records { get; private set; }

    /// <summary>The number of fields of the current record.</summary>
    public int FieldCount => _fields.Count;

    /// <summary>Bytes read from the source.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="IngestionException">A quote is not closed, or a record is too large.</exception>
    public bool Read()
    {
        if (!_begun) SkipByteOrderMark();
        while (true)
        {
            switch (TryScan(out int next))
            {
                case Scan.Record:
                    _start = next;
                    Records++;
                    return true;
                case Scan.EmptyLine:
                    _start = next;
                    break;
                case Scan.End:
                    return false;
                default:
                    Fill();
                    break;
            }
        }
    }

    /// <summary>The text of a field of the current record; valid until the next call.</summary>
    public ReadOnlySpan<byte> Value(int index)
    {
        Field field = _fields[index];
        ReadOnlySpan<byte> raw = _buffer.AsSpan(field.Start, field.Length);
        return field.HasDoubledQuotes ? Unescape(raw) : raw;
    }

    private Scan TryScan(out int next)
    {
        _fields.Clear();
        int at = _start;
        next = at;
        if (at == _end) return _ended ? Scan.End : Scan.NeedMore;
        while (true)
        {
            if (at < _end && _buffer[at] == '"')
            {
                if (!TryScanQuoted(ref at)) return Scan.NeedMore;
            }
            else
            {
                int length = _buffer.AsSpan(at, _end - at).IndexOfAny(delimiter, (byte)'\n');
                if (length < 0)
                {
                    if (!_ended) return Scan.NeedMore;
                    length = _end - at;
                }

                bool endsLine = at + length < _end && _buffer[at + length] == '\n';
                int trimmed = (endsLine || at + length == _end) && length > 0 && _buffer[at + length - 1] == '\r' ? length - 1 : length;
                _fields.Add(new Field(at, trimmed, false));
                at += length;
            }

            if (at < _end && _buffer[at] == delimiter)
            {
                at++;
                if (at < _end) continue;
                if (!_ended) return Scan.NeedMore;
                _fields.Add(new Field(at, 0, false));
            }

            // At the end of a line or of everything.
            next = at < _end ? at + 1 : at;
            bool empty = _fields.Count == 1 && _fields[0] is { Length: 0, Start: var start } && start == _start;
            return empty ? Scan.EmptyLine : Scan.Record;
        }
    }

    /// <summary>Scans a quoted field and what must follow it; false where more bytes are needed.</summary>
    private bool TryScanQuoted(ref int at)
    {
        int start = at + 1;
        int quote = start;
        bool doubled = false;
        while (true)
        {
            int found = _buffer.AsSpan(quote, _end - quote).IndexOf((byte)'"');
            if (found < 0)
            {
                if (!_ended) return false;
                throw new IngestionException("Stream_ClosingQuoteMissing", $"Record {Records + 1} has a malformed CSV format: the closing quote is missing.");
            }

            quote += found;
            if (quote + 1 == _end && !_ended) return false;
            if (quote + 1 == _end || _buffer[quote + 1] != '"') break;
            doubled = true;
            quote += 2;
        }

        _fields.Add(new Field(start, quote - start, doubled));
        at = quote + 1;
        if (at < _end && _buffer[at] == '\r')
        {
            if (at + 1 == _end && !_ended) return false;
            if (at + 1 == _end || _buffer[at + 1] == '\n') at++;
        }

        if (at < _end && _buffer[at] != delimiter && _buffer[at] != '\n')
            throw new IngestionException("BadRequest_UnexpectedCharacterInInputStream", $"Record {Records + 1} has a malformed CSV format: field {_fields.Count} goes on after its closing quote.");
        return true;
    }

    private void SkipByteOrderMark()
    {
        _begun = true;
        while (_end < 3 && !_ended)
            Fill();
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = 3;
    }

    private void Fill()
    {
        int kept = _end - _start;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, kept);
            _start = 0;
            _end = kept;
        }
        else if (kept == _buffer.Length)
        {
            if (kept >= MaxRecord) throw new IngestionException("Stream_InputStreamTooLarge", $"Record {Records + 1} is larger than {MaxRecord} bytes.");
            Array.Resize(ref _buffer, kept * 2);
        }

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) _ended = true;
        _end += read;
        BytesRead += read;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_unescaped.Length < raw.Length) _unescaped = new byte[Math.Max(raw.Length, 256)];
        int written = 0;
        while (true)
        {
            int quote = raw.IndexOf((byte)'"');
            int taken = quote < 0 ? raw.Length : quote + 1;
            raw[..taken].CopyTo(_unescaped.AsSpan(written));
            written += taken;
            if (quote < 0) return _unescaped.AsSpan(0, written);
            raw = raw[(taken + 1)..];
        }
    }

    private enum Scan
    {
        Record,
        EmptyLine,
        NeedMore,
        End,
    }

    private readonly record struct Field(int Start, int Length, bool HasDoubledQuotes);
}
