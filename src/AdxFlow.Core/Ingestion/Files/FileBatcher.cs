using System.Buffers;
using System.Text.Json;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Sends one text file: reads it in pieces, cuts it into batches between records, and gives the batches away only when the
/// file has proved whole, so that half a file is never ingested.
/// </summary>
internal sealed class FileBatcher(ITransport transport, IngestionRequest request, CancellationToken cancel)
{
    private const int PieceSize = 1024 * 1024;
    private const int LongestRecord = 64 * 1024 * 1024;

    private readonly long _maxRows = request.BatchRows > 0 ? request.BatchRows : long.MaxValue;
    private readonly long _maxBytes = Math.Min(request.BatchBytes, transport.MaxBatchBytes);
    private readonly List<SealedBatch> _sealed = [];
    private OpenBatch? _batch;
    private byte[] _buffer = [];

    /// <summary>The file's batches, their bytes uploaded, none of them known to the service yet.</summary>
    /// <exception cref="AdxException">The file is missing, empty, cut or not readable; nothing of it is left behind.</exception>
    public async Task<IReadOnlyList<SealedBatch>> UploadAsync(FileIngestion file, AdxDataFormat format)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            await using Stream content = Open(file.Path);
            await ReadAsync(content, file, format);
            await SealAsync();
            return _sealed;
        }
        catch (Exception failure)
        {
            if (_batch is not null)
                await _batch.DisposeAsync();
            await Task.WhenAll(_sealed.Select(transport.DiscardAsync));
            if (failure is EndOfStreamException)
                throw FileErrors.CutGzip(file.Path, failure);
            if (failure is IOException or UnauthorizedAccessException or InvalidDataException)
                throw FileErrors.Unreadable(file.Path, failure);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    /// <summary>Tells what is no file at all, before its name is asked for a format.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw FileErrors.IsDirectory(path);
        if (!File.Exists(path))
            throw FileErrors.NotFound(path);
    }

    private static Stream Open(string path)
    {
        Check(path);
        var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        if (file.Length == 0)
        {
            file.Dispose();
            throw FileErrors.Empty(path);
        }
        return DataFormats.IsGzip(path) ? new WholeGzipStream(file) : file;
    }

    private async Task ReadAsync(Stream content, FileIngestion file, AdxDataFormat format)
    {
        var scanner = new RecordScanner(DataFormats.Delimiter(format));
        int filled = await content.ReadAtLeastAsync(_buffer, Math.Min(_buffer.Length, PieceSize), throwOnEndOfStream: false, cancel);
        if (filled == 0)
            throw FileErrors.Empty(file.Path);
        int start = MarkLength(_buffer.AsSpan(0, filled), file.Path);
        if (start == filled)
            throw FileErrors.Empty(file.Path);
        int scanned = start;
        bool headerIsNext = file.IgnoreFirstRecord;
        int fieldsOfFirst = 0;
        long record = 0;

        while (true)
        {
            // Every record that is whole goes into a batch; what is left over waits for its rest in front of the next piece.
            while (scanned < filled)
            {
                // Behind what the open batch has room for, there is one record at a time: the one that begins the next batch.
                long room = BytesThatFit() - (scanned - start);
                long most = headerIsNext || record == 0 || room <= 0 ? 1 : RowsThatFit();
                int length = room <= 0 ? filled - scanned : (int)Math.Min(filled - scanned, room);
                long records = scanner.Scan(_buffer.AsSpan(scanned, length), most, out int end, out int read);
                if (records > 0)
                {
                    ReadOnlyMemory<byte> whole = _buffer.AsMemory(start, scanned + end - start);
                    if (record == 0)
                        fieldsOfFirst = FieldCount.Of(whole.Span, format);
                    if (!headerIsNext)
                        await WriteAsync(whole, records, format);
                    headerIsNext = false;
                    record += records;
                    start = scanned + end;
                }
                scanned += read;
            }

            int left = filled - start;
            if (left > LongestRecord)
                throw FileErrors.RecordTooLong(file.Path, record + 1, LongestRecord);
            MakeRoom(start, left);
            start = 0;
            scanned = left;
            int count = await content.ReadAsync(_buffer.AsMemory(left), cancel);
            filled = left + count;
            if (count == 0)
                break;
        }

        if (filled == 0)
            return;
        if (scanner.IsInQuotes)
            throw FileErrors.OpenQuote(file.Path, record + 1);
        CheckLast(_buffer.AsSpan(0, filled), file.Path, format, record + 1, record == 0 ? 0 : fieldsOfFirst);
        if (headerIsNext || (format == AdxDataFormat.Json && _buffer.AsSpan(0, filled).IndexOfAnyExcept(" \t\r"u8) < 0))
            return;
        // The last record, without a line end; it gets one, as another may follow it in a blob.
        _buffer[filled++] = (byte)'\n';
        await WriteAsync(_buffer.AsMemory(0, filled), 1, format);
    }

    private long BytesThatFit() => _maxBytes - (_batch?.RawBytes ?? 0);

    private long RowsThatFit() => _maxRows - (_batch?.Rows ?? 0);

    private async Task WriteAsync(ReadOnlyMemory<byte> records, long rows, AdxDataFormat format)
    {
        if (_batch is not null && _batch.RawBytes + records.Length > _maxBytes)
            await SealAsync();
        _batch ??= await OpenBatch.OpenAsync(transport, format, request.CompressionLevel, Environment.TickCount64, cancel);
        await _batch.WriteAsync(records, rows, cancel);
        if (_batch.Rows >= _maxRows)
            await SealAsync();
    }

    private async Task SealAsync()
    {
        if (_batch is null)
            return;
        _sealed.Add(await _batch.SealAsync());
        _batch = null;
    }

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
