using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using AdxFlow.Adx;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Ingestion.Transports;

/// <summary>
/// Data in commands to the engine. The Kusto emulator has neither an ingestion service nor streaming; for anything else the
/// documentation calls it a way to try things out.
/// Source: https://learn.microsoft.com/kusto/management/data-ingestion/ingest-inline
/// </summary>
internal sealed class DirectTransport(AdxConnection connection, IngestionRequest request) : HeldTransport(request.ThrottleLimit)
{
    private const int PieceLength = 4 * 1024;

    private readonly AdxClient _client = new(connection);
    private readonly TransientRetry _retry = new(request.RetryWindow);

    public override AdxIngestionMode Mode => AdxIngestionMode.Direct;

    public override long MaxBatchBytes => 1_000_000;

    public override ITransport ForFormat(AdxDataFormat format, string? mappingName) => DataFormats.Form(format) != FormatForm.Binary
        ? this
        : throw new AdxFileException("AdxInvalidCombination", AdxErrorKind.InvalidArgument, $"The format {format} is no text, and commands carry text only. Nothing was sent.")
        {
            RecommendedAction = "Send with -Mode Queued.",
        };

    protected override Task SendAsync(SealedBatch batch, ReadOnlyMemory<byte> content, BatchProperties properties, CancellationToken cancel)
    {
        string command = Command(properties, content);
        var options = new AdxRequestOptions
        {
            Database = properties.Database,
            Table = properties.Table,
            Operation = "IngestInline",
            NeededRole = $"Ingestor on table '{properties.Table}' (or on database '{properties.Database}')",
        };
        return _retry.RunAsync(() => _client.ExecuteCommandAsync(command, options, cancel), cancel);
    }

    // Several are under way at the same time: what is in memory of each is one text and one body, not pieces of them over and over.
    private static string Command(BatchProperties properties, ReadOnlyMemory<byte> gzip)
    {
        MemoryMarshal.TryGetArray(gzip, out ArraySegment<byte> bytes);
        using var packed = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using var unpacked = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        var command = new StringBuilder(DirectCommands.IngestInline(properties));
        char[] piece = new char[PieceLength];
        for (int read; (read = unpacked.Read(piece)) > 0;)
            command.Append(piece, 0, read);
        return command.ToString();
    }
}
