namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Finds where records end, a line feed inside of quotes not taken for an end (RFC 4180), and an empty line not for a record.
/// It reads bytes that follow each other, in pieces of any size.
/// </summary>
/// <param name="delimiter">The byte between fields; null for formats that know no quotes, whose every line is a record.</param>
internal sealed class RecordScanner(byte? delimiter)
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';

    // Stands for a byte behind which no field begins.
    private const byte Text = 0;

    private bool _inQuotes;

    // The byte before, a quote only if it closed a field.
    private byte _previous = LineFeed;

    // Nothing but a carriage return since the last line feed.
    private bool _lineIsEmpty = true;

    /// <summary>True between the two quotes of a field.</summary>
    public bool IsInQuotes => _inQuotes;

    /// <summary>Reads on; returns how many records end in <paramref name="bytes"/>, and behind which byte the last of them does.</summary>
    /// <param name="bytes">What follows the bytes read so far.</param>
    /// <param name="most">Stop behind this many records.</param>
    /// <param name="end">The offset behind the last record's end and the empty lines that follow it; 0 if none ends here.</param>
    /// <param name="read">How many bytes were read: all of them, or up to <paramref name="end"/> where <paramref name="most"/> was reached.</param>
    public long Scan(ReadOnlySpan<byte> bytes, long most, out int end, out int read)
    {
        long records = 0;
        end = 0;
        int position = 0;
        while (position < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[position..];
            int quote = delimiter is null ? -1 : rest.IndexOf(Quote);
            ReadOnlySpan<byte> plain = quote < 0 ? rest : rest[..quote];
            if (!_inQuotes && CountRecords(plain, most - records, ref records, out int stop))
            {
                end = read = position + stop;
                _previous = LineFeed;
                _lineIsEmpty = true;
                return records;
            }
            if (!_inQuotes)
            {
                int last = plain.LastIndexOf(LineFeed);
                if (last >= 0)
                    end = position + last + 1;
                _lineIsEmpty = (last >= 0 || _lineIsEmpty) && IsEmptyLine(plain[(last + 1)..]);
            }
            if (!plain.IsEmpty)
                _previous = plain[^1];
            position += plain.Length;
            if (quote >= 0)
            {
                OnQuote();
                _lineIsEmpty = false;
                position++;
            }
        }
        read = bytes.Length;
        if (records == 0)
            end = 0;
        return records;
    }

    /// <summary>Counts the lines that have something in them; true when that reached the limit, and where it did.</summary>
    private bool CountRecords(ReadOnlySpan<byte> plain, long most, ref long records, out int stop)
    {
        stop = 0;
        long found = plain.Count(LineFeed) - CountEmptyLines(plain);
        if (found < most)
        {
            records += found;
            return false;
        }
        bool isEmpty = _lineIsEmpty;
        for (long left = most; left > 0; isEmpty = true)
        {
            int length = plain[stop..].IndexOf(LineFeed);
            if (!isEmpty || !IsEmptyLine(plain.Slice(stop, length)))
                left--;
            stop += length + 1;
        }
        records += most;
        return true;
    }

    private int CountEmptyLines(ReadOnlySpan<byte> plain)
    {
        int first = plain.IndexOf(LineFeed);
        if (first < 0)
            return 0;
        int empty = _lineIsEmpty && IsEmptyLine(plain[..first]) ? 1 : 0;
        return empty + CountOf(plain[first..], "\n\n"u8) + CountOf(plain[first..], "\n\r\n"u8);
    }

    /// <summary>How often the pair of line ends occurs, the last line feed of one being the first of another.</summary>
    private static int CountOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> ends)
    {
        int count = 0;
        for (int at = text.IndexOf(ends); at >= 0; at = text.IndexOf(ends))
        {
            count++;
            text = text[(at + ends.Length - 1)..];
        }
        return count;
    }

    private static bool IsEmptyLine(ReadOnlySpan<byte> line) => line.IsEmpty || (line.Length == 1 && line[0] == (byte)'\r');

    /// <summary>
    /// A quote opens a field only at its start: 5" is just text, and so is 5"". Inside, a doubled quote closes and opens
    /// again, so that a quote right behind a closing one is inside once more.
    /// </summary>
    private void OnQuote()
    {
        bool closes = _inQuotes;
        _inQuotes = !closes && (_previous == LineFeed || _previous == delimiter || _previous == Quote);
        _previous = closes ? Quote : Text;
    }
}
