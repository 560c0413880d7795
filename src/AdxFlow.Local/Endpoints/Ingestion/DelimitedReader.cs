using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Reads records of delimited text as UTF-8 bytes: fields with quotes per RFC 4180 (doubled quotes, and line breaks
/// within), lines ended by LF or CR LF, empty lines skipped, a byte order mark skipped. No string is made.
/// </summary>
internal sealed class DelimitedReader(Stream source, byte delimiter) : IRecordReader
{
    private const int MaxRecord = 64 * 1024 * 1024;

    // So many bytes are looked at together; so many are free behind the buffer, that this may be done near its end.
    private const int Window = 2 * 32;

    private readonly RecordBlock _block = new();
    private byte[] _buffer = new byte[(256 * 1024) + Window];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>The number of records read.</summary>
    public long Records { get; private set; }

    /// <summary>The number of fields of the current record.</summary>
    public int FieldCount => _block.FieldCount(0);

    /// <summary>Bytes read from the source.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="IngestionException">A quote is not closed, or a record is too large.</exception>
    public bool Read() => TryReadBlock(1, out _);

    /// <summary>The text of a field of the current record; valid until the next call.</summary>
    public ReadOnlySpan<byte> Value(int index) => _block.Field(0, index);

    /// <summary>Reads the next records, as many as there are at hand; false at the end.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="records">The records, at least one; valid until the next call.</param>
    /// <exception cref="IngestionException">A quote is not closed, or a record is too large. Records before it were read.</exception>
    public bool TryReadBlock(int most, out RecordBlock records)
    {
        records = _block;
        _block.Clear();
        if (!_begun) SkipByteOrderMark();
        while (true)
        {
            _block.Text = _buffer;
            ScanPlain(most);
            if (_block.Count > 0) return true;
            switch (TryScan(out int next))
            {
                case Scan.Record:
                    EndRecord(next);
                    return true;
                case Scan.EmptyLine:
                    _block.DiscardOpen();
                    _start = next;
                    break;
                case Scan.End:
                    return false;
                default:
                    _block.DiscardOpen();
                    Fill();
                    break;
            }
        }
    }

    /// <summary>
    /// Scans records that are whole and have nothing unusual, many bytes at a time; ends before one that is not, of which
    /// <see cref="TryScan"/> knows what it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanPlain(int most)
    {
        byte[] buffer = _buffer;
        int end = _end;
        int at = _start;
        int window = at;
        ulong found = Find(buffer, window, delimiter);
        while (at < end && _block.Count < most)
        {
            int stop;
            if (buffer[at] == '"')
            {
                stop = EndOfQuoted(buffer, end, at + 1, out bool doubled);
                if (stop < 0) break;
                _block.Add(new TextField(at + 1, stop - at - 1, doubled));
                stop++;
                if (stop < end && buffer[stop] == '\r') stop++;
                if (stop >= end || (buffer[stop] != '\n' && (buffer[stop] != delimiter || buffer[stop - 1] == '\r'))) break;
            }
            else
            {
                int passed = at - window;
                if (passed < Window)
                {
                    found &= ulong.MaxValue << passed;
                }
                else
                {
                    window = at;
                    found = Find(buffer, window, delimiter);
                }

                while (found == 0 && window + Window < end)
                {
                    window += Window;
                    found = Find(buffer, window, delimiter);
                }

                stop = window + BitOperations.TrailingZeroCount(found);
                if (found == 0 || stop >= end) break;
                int length = stop - at;
                if (buffer[stop] == '\n')
                {
                    if (length > 0 && buffer[stop - 1] == '\r') length--;
                    if (length == 0 && at == _start)
                    {
                        // An empty line.
                        at = _start = stop + 1;
                        continue;
                    }
                }

                _block.Add(new TextField(at, length, false));
            }

            at = stop + 1;
            if (buffer[stop] == '\n') EndRecord(at);
        }

        _block.DiscardOpen();
    }

    /// <summary>Which of the bytes from a place on are delimiters or end a line, a bit for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(byte[] buffer, int at, byte delimiter)
    {
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), at);
        var low = Vector256.LoadUnsafe(ref first);
        var high = Vector256.LoadUnsafe(ref first, 32);
        var ends = Vector256.Create((byte)'\n');
        var delimiters = Vector256.Create(delimiter);
        ulong found = (Vector256.Equals(high, ends) | Vector256.Equals(high, delimiters)).ExtractMostSignificantBits();
        return (found << 32) | (Vector256.Equals(low, ends) | Vector256.Equals(low, delimiters)).ExtractMostSignificantBits();
    }

    /// <summary>The quote that ends a field, or -1 where it or what is behind it has not come yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfQuoted(byte[] buffer, int end, int at, out bool doubled)
    {
        doubled = false;
        while (true)
        {
            int found = buffer.AsSpan(at, end - at).IndexOf((byte)'"');
            at += found;
            if (found < 0 || at + 1 >= end) return -1;
            if (buffer[at + 1] != '"') return at;
            doubled = true;
            at += 2;
        }
    }

    private Scan TryScan(out int next)
    {
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
                _block.Add(new TextField(at, trimmed, false));
                at += length;
            }

            if (at < _end && _buffer[at] == delimiter)
            {
                at++;
                if (at < _end) continue;
                if (!_ended) return Scan.NeedMore;
                _block.Add(new TextField(at, 0, false));
            }

            // At the end of a line or of everything.
            next = at < _end ? at + 1 : at;
            bool empty = _block.OpenFields == 1 && _block.LastField is { Length: 0, Start: var start } && start == _start;
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

        _block.Add(new TextField(start, quote - start, doubled));
        at = quote + 1;
        if (at < _end && _buffer[at] == '\r')
        {
            if (at + 1 == _end && !_ended) return false;
            if (at + 1 == _end || _buffer[at + 1] == '\n') at++;
        }

        if (at < _end && _buffer[at] != delimiter && _buffer[at] != '\n')
            throw new IngestionException("BadRequest_UnexpectedCharacterInInputStream", $"Record {Records + 1} has a malformed CSV format: field {_block.OpenFields} goes on after its closing quote.");
        return true;
    }

    private void EndRecord(int next)
    {
        _block.EndRecord(next - _start);
        _start = next;
        Records++;
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
        int capacity = _buffer.Length - Window;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, kept);
            _start = 0;
            _end = kept;
        }
        else if (kept == capacity)
        {
            if (kept >= MaxRecord) throw new IngestionException("Stream_InputStreamTooLarge", $"Record {Records + 1} is larger than {MaxRecord} bytes.");
            capacity = kept * 2;
            Array.Resize(ref _buffer, capacity + Window);
        }

        // A record that does not end yet is scanned again: with twice as much each time, that is not done often.
        int least = Math.Clamp(kept, 1, capacity - _end);
        int read = source.ReadAtLeast(_buffer.AsSpan(_end, capacity - _end), least, throwOnEndOfStream: false);
        if (read < least) _ended = true;
        _end += read;
        BytesRead += read;
    }

    private enum Scan
    {
        Record,
        EmptyLine,
        NeedMore,
        End,
    }
}
