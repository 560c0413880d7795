using System.IO.Compression;
using System.Text.Json;

namespace AdxFlow.Ingestion.Spool;

/// <summary>
/// Writes one batch to its file while its rows come. All frames together are one gzip stream, which is flushed at the end of
/// each: what is on disk can be read up to the last whole frame, and is sent as it is. A frame goes to the system in one
/// write, and to the disk once a second and at the end.
/// </summary>
internal sealed class SpoolBatchWriter : IDisposable
{
    private const long FlushMilliseconds = 1000;

    private readonly string _directory;
    private readonly FileStream _file;
    private readonly MemoryStream _frame = new();
    private readonly GZipStream _gzip;
    private long _flushed = Environment.TickCount64;

    public SpoolBatchWriter(string directory, int number, SpoolBatchHeader header, long position, CompressionLevel level)
    {
        _directory = directory;
        Number = number;
        Header = header;
        Position = position;
        _gzip = new GZipStream(_frame, level, leaveOpen: true);
        _file = SpoolFiles.OpenToWrite(SpoolBatchFile.PathOf(directory, number), FileMode.CreateNew);
        try
        {
            Begin();
            _frame.Write(JsonSerializer.SerializeToUtf8Bytes(header, SpoolFiles.Json));
            Put(SpoolFrameKind.Header, 0, 0, position);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Number { get; }

    public SpoolBatchHeader Header { get; }

    public long Rows { get; private set; }

    public long RawBytes { get; private set; }

    public long Position { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Puts whole rows on disk; when this returns they outlive the process.</summary>
    /// <exception cref="AdxException"><c>AdxSpoolFull</c>, or the file cannot be written. The rows before are safe.</exception>
    public void Write(ReadOnlySpan<byte> records, long rows, long position)
    {
        Begin();
        _gzip.Write(records);
        _gzip.Flush();
        Put(SpoolFrameKind.Rows, checked((int)rows), records.Length, position);
        Rows += rows;
        RawBytes += records.Length;
        Position = position;
        if (Environment.TickCount64 - _flushed >= FlushMilliseconds)
            FlushToDisk();
    }

    /// <summary>Ends the batch; when this returns it outlives the machine's power.</summary>
    public SpoolRecord Seal()
    {
        Begin();
        _gzip.Dispose();
        Put(SpoolFrameKind.End, 0, 0, Position);
        FlushToDisk();
        return new SpoolRecord
        {
            Batch = Number,
            State = AdxSpoolBatchState.Sealed,
            SourceId = Header.SourceId,
            Rows = Rows,
            RawBytes = RawBytes,
            Bytes = Bytes,
            Position = Position,
        };
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _frame.Dispose();
        _file.Dispose();
    }

    private void Begin()
    {
        _frame.SetLength(SpoolFrame.HeadBytes);
        _frame.Position = SpoolFrame.HeadBytes;
    }

    private void Put(SpoolFrameKind kind, int rows, int rawBytes, long position)
    {
        Span<byte> frame = _frame.GetBuffer().AsSpan(0, (int)_frame.Length);
        SpoolFrame.Write(frame, kind, rows, rawBytes, position);
        try
        {
            _file.Write(frame);
            Bytes += frame.Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SpoolErrors.From(failure, _directory);
        }
    }

    private void FlushToDisk()
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (IOException failure)
        {
            throw SpoolErrors.From(failure, _directory);
        }
        _flushed = Environment.TickCount64;
    }
}
