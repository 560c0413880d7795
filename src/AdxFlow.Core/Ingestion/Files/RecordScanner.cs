namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Finds where records end, a line feed inside of quotes not taken for an end (RFC 4180). It reads bytes that follow each
/// other, in pieces of any size.
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

    /// <summary>True between the two quotes of a field.</summary>
    public bool IsInQuotes => _inQuotes;

    /// <summary>Reads on; returns how many records end in <paramref name="bytes"/>, and behind which byte the last of them does.</summary>
    /// <param name="bytes">What follows the bytes read so far.</param>
    /// <param name="most">Stop behind this many records.</param>
    /// <param name="end">The offset behind the last record's end; 0 if none ends here.</param>
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
            if (!_inQuotes && CountLines(plain, most - records, ref records, out int stop))
            {
                end = read = position + stop;
                _previous = LineFeed;
                return records;
            }
            if (!_inQuotes && plain.LastIndexOf(LineFeed) is >= 0 and int last)
                end = position + last + 1;
            if (!plain.IsEmpty)
                _previous = plain[^1];
            position += plain.Length;
            if (quote >= 0)
            {
                OnQuote();
                position++;
            }
        }
        read = bytes.Length;
        return records;
    }

    /// <summary>Counts the lines; true when that reached the limit, and where it did.</summary>
    private static bool CountLines(ReadOnlySpan<byte> plain, long most, ref long records, out int stop)
    {
        stop = 0;
        int lines = plain.Count(LineFeed);
        if (lines < most)
        {
            records += lines;
            return false;
        }
        for (long left = most; left > 0; left--)
            stop += plain[stop..].IndexOf(LineFeed) + 1;
        records += most;
        return true;
    }

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
