using System.Buffers;
using System.Text;
using System.Threading.Channels;
using AdxFlow.Ingestion.Batches;
using AdxFlow.Ingestion.Files;

namespace AdxFlow.Ingestion.Lines;

/// <summary>
/// Takes text or bytes of a format, line by line or in larger pieces, from the one thread that reads them. A record may go
/// over several of them: together they are what a file would hold.
/// </summary>
public sealed class LineIntake
{
    private const int ChunkSize = 256 * 1024;
    private const int ChunksUnderWay = 4;

    private readonly FormatRoute _route;
    private readonly IngestionRequest _request;
    private readonly bool _ignoreFirstRecord;
    private readonly SubmissionQueue _submissions;
    private readonly CancellationToken _cancel;
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(ChunksUnderWay);
    private readonly object _turn = new();
    private ArrayBufferWriter<byte> _open = new(ChunkSize);

    internal LineIntake(FormatRoute route, IngestionRequest request, bool ignoreFirstRecord, SubmissionQueue submissions, CancellationToken cancel)
    {
        _route = route;
        _request = request;
        _ignoreFirstRecord = ignoreFirstRecord;
        _submissions = submissions;
        _cancel = cancel;
    }

    /// <summary>Takes a line, or several. Waits while the workers are behind.</summary>
    /// <param name="text">The text; what has no line end behind it gets one.</param>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlyMemory<byte> full;
        lock (_turn)
        {
            Encoding.UTF8.GetBytes(text, _open);
            if (!text.EndsWith('\n'))
                _open.Write("\n"u8);
            full = TakeIfFull();
        }
        HandOn(full);
    }

    /// <summary>Takes bytes as they are. Waits while the workers are behind.</summary>
    /// <param name="bytes">The bytes, in UTF-8.</param>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlyMemory<byte> full;
        lock (_turn)
        {
            _open.Write(bytes);
            full = TakeIfFull();
        }
        HandOn(full);
    }

    /// <summary>No more comes.</summary>
    internal void Complete()
    {
        ReadOnlyMemory<byte> last;
        lock (_turn)
            last = Take();
        HandOn(last);
        _chunks.Writer.TryComplete();
    }

    internal async Task RunAsync()
    {
        await using var batches = new LineBatches(_route, _request, _submissions, _cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        Task clock = KeepTimeAsync(batches, ended.Token);
        Task watch = EndWithAsync(clock, ended);
        try
        {
            await using var content = new ChunkStream(_chunks.Reader);
            await new RecordReader("input", _route.Format, _ignoreFirstRecord, batches, ended.Token).ReadAsync(content);
            await StopAsync(watch, ended);
            if (clock.IsFaulted)
                await clock;
            await batches.CompleteAsync();
        }
        catch (OperationCanceledException) when (clock.IsFaulted)
        {
            await clock;
        }
        catch (AdxFileException document) when (document.ErrorId == "AdxJsonDocument")
        {
            throw new AdxException(document.ErrorId, document.Kind, "The input is a JSON document, an array or an object over several lines, while the format Json is one object a line. Nothing of it was sent.", document)
            {
                RecommendedAction = "Write one object a line, as ConvertTo-Json -Compress does; or write the document to a file, and send that with -Path and -Format MultiJson.",
            };
        }
        catch (AdxFileException failure) when (failure.ErrorId != "AdxFileEmpty")
        {
            throw new AdxException(failure.ErrorId, failure.Kind, "The input cannot be sent to its end: it is cut, or has a quote without its partner, or a record too long. What came before may have been sent.", failure);
        }
        catch (AdxFileException)
        {
            // There was nothing to send.
        }
        finally
        {
            _chunks.Writer.TryComplete();
            await StopAsync(watch, ended);
        }
    }

    private static async Task StopAsync(Task watch, CancellationTokenSource ended)
    {
        await ended.CancelAsync();
        await watch;
    }

    /// <summary>Ends the reading when a batch that the clock sealed could not be sent: its rows are missing, whatever comes behind them.</summary>
    private static async Task EndWithAsync(Task clock, CancellationTokenSource ended)
    {
        await clock.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (clock.IsFaulted)
            await ended.CancelAsync();
    }

    /// <summary>Gives what waits for its chunk to fill to the reader, and seals the batch, when they are old.</summary>
    private async Task KeepTimeAsync(LineBatches batches, CancellationToken ended)
    {
        if (_request.BatchInterval == Timeout.InfiniteTimeSpan)
            return;
        using var timer = new PeriodicTimer(_request.BatchInterval);
        while (await timer.WaitForNextTickAsync(ended))
        {
            // The lock keeps the order: nothing that comes later may go first.
            lock (_turn)
            {
                if (_open.WrittenCount > 0 && _chunks.Writer.TryWrite(_open.WrittenMemory))
                    _open = new ArrayBufferWriter<byte>(ChunkSize);
            }
            await batches.SealIfOldAsync();
        }
    }

    private ReadOnlyMemory<byte> TakeIfFull() => _open.WrittenCount >= ChunkSize ? Take() : default;

    private ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> taken = _open.WrittenMemory;
        _open = new ArrayBufferWriter<byte>(ChunkSize);
        return taken;
    }

    private void HandOn(ReadOnlyMemory<byte> chunk)
    {
        if (chunk.IsEmpty || _chunks.Writer.TryWrite(chunk))
            return;
        try
        {
            _chunks.Writer.WriteAsync(chunk, _cancel).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The ingestion has failed.");
        }
    }
}
