using System.Buffers;
using System.Text.Json;

namespace AdxFlow.Ingestion.Files;

/// <summary>Reads a text in pieces and gives its records on, whole ones only. What proves cut or unreadable ends in an error.</summary>
/// <param name="path">The file, for errors.</param>
/// <param name="format">How records end.</param>
/// <param name="ignoreFirstRecord">The first record is a header, which is not given on.</param>
/// <param name="sink">Takes the records.</param>
/// <param name="cancel">Stops reading.</param>
internal sealed class RecordReader(string path, AdxDataFormat format, bool ignoreFirstRecord, IRecordSink sink, CancellationToken cancel)
{
    private const int PieceSize = 1024 * 1024;
    private const int LongestRecord = 64 * 1024 * 1024;
    private const int LongestMark = 3;
    private const byte FirstOfMarks = 0xEF;

    private byte[] _buffer = [];

    /// <summary>Reads to the end; false if the sink wanted no more.</summary>
    /// <exception cref="AdxFileException">The text is empty, cut, or in another encoding.</exception>
    public async Task<bool> ReadAsync(Stream content)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            return await ReadPiecesAsync(content);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async Task<bool> ReadPiecesAsync(Stream content)
    {
        var scanner = new RecordScanner(DataFormats.Delimiter(format));
        int filled = await content.ReadAsync(_buffer, cancel);
        // What may be a mark is waited for; a short line, of which a second may be long in coming, is not.
        if (filled > 0 && _buffer[0] >= FirstOfMarks)
            filled += await content.ReadAtLeastAsync(_buffer.AsMemory(filled), Math.Max(0, LongestMark - filled), throwOnEndOfStream: false, cancel);
        if (filled == 0)
            throw FileErrors.Empty(path);
        int start = MarkLength(_buffer.AsSpan(0, filled), path);
        if (start == filled)
            throw FileErrors.Empty(path);
        int scanned = start;
        bool headerIsNext = ignoreFirstRecord;
        int fieldsOfFirst = 0;
        long record = 0;

        while (true)
        {
            // Every record that is whole goes into a batch; what is left over waits for its rest in front of the next piece.
            while (scanned < filled)
            {
                // Behind what the open batch has room for, there is one record at a time: the one that begins the next batch.
                long room = sink.BytesThatFit - (scanned - start);
                long most = headerIsNext || record == 0 || room <= 0 ? 1 : sink.RowsThatFit;
                int length = room <= 0 ? filled - scanned : (int)Math.Min(filled - scanned, room);
                long records = scanner.Scan(_buffer.AsSpan(scanned, length), most, out int end, out int read);
                if (records > 0)
                {
                    ReadOnlyMemory<byte> whole = _buffer.AsMemory(start, scanned + end - start);
                    if (record == 0)
                    {
                        CheckFirst(whole.Span, path, format, isWholeLine: true);
                        fieldsOfFirst = FieldCount.Of(WithoutEmptyLines(whole.Span), format);
                    }
                    if (!headerIsNext && !await sink.WriteAsync(whole, records))
                        return false;
                    headerIsNext = false;
                    record += records;
                    start = scanned + end;
                }
                scanned += read;
            }

            int left = filled - start;
            if (left > LongestRecord)
                throw FileErrors.RecordTooLong(path, record + 1, LongestRecord);
            MakeRoom(start, left);
            start = 0;
            scanned = left;
            // No more than a piece, however large the buffer has grown, so that a record too long is found where it becomes so.
            int count = await content.ReadAsync(_buffer.AsMemory(left, Math.Min(PieceSize, _buffer.Length - left)), cancel);
            filled = left + count;
            if (count == 0)
                break;
        }

        if (filled == 0)
            return true;
        if (scanner.IsInQuotes)
            throw FileErrors.OpenQuote(path, record + 1);
        // Empty lines are no records, in whatever number they end the file.
        if (_buffer.AsSpan(0, filled).IndexOfAnyExcept(format == AdxDataFormat.Json ? " \t\r\n"u8 : "\r\n"u8) < 0)
            return true;
        if (record == 0)
            CheckFirst(_buffer.AsSpan(0, filled), path, format, isWholeLine: false);
        CheckLast(WithoutEmptyLines(_buffer.AsSpan(0, filled)), path, format, record + 1, record == 0 ? 0 : fieldsOfFirst);
        if (headerIsNext)
            return true;
        // The last record, without a line end; it gets one, as another may follow it in a blob.
        _buffer[filled++] = (byte)'\n';
        return await sink.WriteAsync(_buffer.AsMemory(0, filled), 1);
    }

    private static ReadOnlySpan<byte> WithoutEmptyLines(ReadOnlySpan<byte> record) => record.TrimStart("\r\n"u8);

    /// <summary>Moves what is left to the front, with room for another piece, and for a line end, behind it.</summary>
    private void MakeRoom(int start, int left)
    {
        if (_buffer.Length - left < PieceSize / 2)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(start, left).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else if (start > 0)
        {
            _buffer.AsSpan(start, left).CopyTo(_buffer);
        }
    }

    /// <summary>The length of a byte order mark that is to be passed over.</summary>
    private static int MarkLength(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            throw FileErrors.NotUtf8(path);
        return bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;
    }

    /// <summary>
    /// Tells a document from JSON Lines: it is an array, or its first line ends inside of an object. A last line that does so is
    /// rather cut.
    /// </summary>
    private static void CheckFirst(ReadOnlySpan<byte> first, string path, AdxDataFormat format, bool isWholeLine)
    {
        if (format != AdxDataFormat.Json)
            return;
        ReadOnlySpan<byte> text = first.Trim(" \t\r\n"u8);
        if (text.StartsWith("["u8) || (isWholeLine && text.StartsWith("{"u8) && IsBeginningOfJson(text)))
            throw FileErrors.JsonDocument(path);
    }

    /// <summary>A last record without a line end may be whole or cut; what can be told apart is.</summary>
    private static void CheckLast(ReadOnlySpan<byte> last, string path, AdxDataFormat format, long record, int expectedFields)
    {
        if (format == AdxDataFormat.Json)
        {
            if (last.IndexOfAnyExcept(" \t\r"u8) >= 0 && !IsWholeJson(last))
                throw FileErrors.CutJson(path, record);
        }
        else if (expectedFields > 0 && FieldCount.Of(last, format) is int fields && fields < expectedFields)
        {
            throw FileErrors.CutRecord(path, record, fields, expectedFields);
        }
    }

    /// <summary>Whether more could follow, and has to.</summary>
    private static bool IsBeginningOfJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }
            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsWholeJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
