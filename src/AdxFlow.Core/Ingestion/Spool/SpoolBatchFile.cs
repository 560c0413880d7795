using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace AdxFlow.Ingestion.Spool;

/// <summary>The file of one batch, as it is found on disk.</summary>
/// <param name="Header">What the batch is; null when not even that is whole.</param>
/// <param name="Rows">Rows in whole frames.</param>
/// <param name="RawBytes">Their bytes before compression.</param>
/// <param name="Start">Input rows taken before its first.</param>
/// <param name="Position">Input rows taken with its last whole frame.</param>
/// <param name="WholeBytes">Bytes of whole frames.</param>
/// <param name="IsSealed">True when the end of the batch is among them, and nothing behind it.</param>
internal sealed record SpoolBatchFile(SpoolBatchHeader? Header, long Rows, long RawBytes, long Start, long Position, long WholeBytes, bool IsSealed)
{
    private const string Extension = ".batch";

    public static string PathOf(string directory, int number) => Path.Combine(directory, number.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The numbers of the batches that have files, in order.</summary>
    public static IReadOnlyList<int> NumbersIn(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*" + Extension)
            .Select(static path => int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .Where(static number => number > 0)
            .Order(),
    ];

    /// <summary>Looks at every frame. Whatever the file holds, this does not throw for it.</summary>
    public static SpoolBatchFile Scan(string directory, int number)
    {
        SpoolBatchHeader? header = null;
        long rows = 0;
        long rawBytes = 0;
        long start = 0;
        long position = 0;
        bool isSealed = false;
        using var reader = new SpoolFrameReader(SpoolFiles.OpenToRead(PathOf(directory, number)));
        while (reader.Read())
        {
            SpoolFrame frame = reader.Frame;
            position = frame.Position;
            if (header is null)
            {
                header = ReadHeader(reader);
                if (header is null)
                    return new SpoolBatchFile(null, 0, 0, 0, 0, 0, false);
                start = position;
            }
            rows += frame.Rows;
            rawBytes += frame.RawBytes;
            isSealed = frame.Kind == SpoolFrameKind.End;
        }
        return new SpoolBatchFile(header, rows, rawBytes, start, position, reader.End, isSealed && reader.IsWhole);
    }

    /// <summary>
    /// Ends a batch whose process did not: what is torn at its end is cut off, and the gzip stream of the whole frames gets its end.
    /// </summary>
    public SpoolRecord Mend(string directory, int number)
    {
        long bytes = WholeBytes;
        if (!IsSealed)
        {
            byte[] end = new byte[SpoolFrame.HeadBytes + GzipEnd.Bytes];
            GzipEnd.Write(end.AsSpan(SpoolFrame.HeadBytes), Raw(directory, number));
            SpoolFrame.Write(end, SpoolFrameKind.End, 0, 0, Position);
            using FileStream file = SpoolFiles.OpenToWrite(PathOf(directory, number), FileMode.Open);
            file.SetLength(WholeBytes);
            file.Position = WholeBytes;
            file.Write(end);
            file.Flush(flushToDisk: true);
            bytes += end.Length;
        }
        return new SpoolRecord
        {
            Batch = number,
            State = AdxSpoolBatchState.Sealed,
            SourceId = Header!.SourceId,
            Rows = Rows,
            RawBytes = RawBytes,
            Bytes = bytes,
            Position = Position,
        };
    }

    /// <summary>Gives away what the batch is and its gzip stream, checked piece by piece.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="record">What the journal says of it.</param>
    /// <param name="opened">Called once, before the first piece.</param>
    /// <param name="piece">Called for each piece.</param>
    /// <exception cref="AdxException"><c>AdxSpoolDamaged</c>: it is not what was written. Pieces may have been given away before.</exception>
    public static async Task ReadAsync(string directory, SpoolRecord record, Func<SpoolBatchHeader, ValueTask> opened, Func<ReadOnlyMemory<byte>, ValueTask> piece)
    {
        try
        {
            using var reader = new SpoolFrameReader(SpoolFiles.OpenToRead(PathOf(directory, record.Batch)));
            if (!reader.Read() || ReadHeader(reader) is not { } header || header.SourceId != record.SourceId)
                throw Damage();
            await opened(header);
            long rows = 0;
            while (reader.Read())
            {
                rows += reader.Frame.Rows;
                await piece(reader.Payload);
            }
            if (!reader.IsWhole || reader.Frame.Kind != SpoolFrameKind.End || rows != record.Rows || reader.End != record.Bytes)
                throw Damage();
        }
        catch (FileNotFoundException absent)
        {
            throw SpoolErrors.IsDamaged(directory, $"the file of batch {record.Batch} is gone.", absent);
        }

        AdxException Damage() => SpoolErrors.IsDamaged(directory, $"batch {record.Batch} is not what was written.");
    }

    private DeflateStream Raw(string directory, int number) => new(new GzipBody(directory, number, WholeBytes), CompressionMode.Decompress);

    private static SpoolBatchHeader? ReadHeader(SpoolFrameReader reader)
    {
        if (reader.Frame.Kind != SpoolFrameKind.Header)
            return null;
        try
        {
            return JsonSerializer.Deserialize<SpoolBatchHeader>(reader.Payload.Span, SpoolFiles.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
