using System.Threading.Channels;
using AdxFlow.Ingestion.Batches;

namespace AdxFlow.Ingestion.Files;

/// <summary>
/// Takes the names of files, any number of them, and sends several at the same time. A file counts as a whole: one that
/// cannot be sent is told as <see cref="FileRejected"/>, and nothing of it arrives.
/// </summary>
public sealed class FileIntake
{
    private readonly Channel<FileIngestion> _files;
    private readonly IngestionRequest _request;
    private readonly Func<AdxDataFormat, FormatRoute> _route;
    private readonly Func<FormatRoute, SubmissionQueue> _open;
    private readonly Action<FileRejected> _rejected;
    private readonly CancellationToken _cancel;

    internal FileIntake(IngestionRequest request, Func<AdxDataFormat, FormatRoute> route, Func<FormatRoute, SubmissionQueue> open, Action<FileRejected> rejected, CancellationToken cancel)
    {
        _files = Channel.CreateBounded<FileIngestion>(request.ThrottleLimit * 2);
        _request = request;
        _route = route;
        _open = open;
        _rejected = rejected;
        _cancel = cancel;
    }

    /// <summary>
    /// Takes a file. Waits while the workers are behind, which is what keeps memory bounded. After a failure of the service
    /// it throws, and <see cref="IngestionSession.CompleteAsync"/> says what the failure was.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <exception cref="OperationCanceledException">The session was cancelled or has failed.</exception>
    public void Add(FileIngestion file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (_files.Writer.TryWrite(file))
            return;
        try
        {
            _files.Writer.WriteAsync(file, _cancel).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The ingestion has failed.");
        }
    }

    /// <summary>Tells at once what needs no reading: that there is no such file, or that its name does not tell the format.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="AdxFileException"><c>AdxFileNotFound</c>, <c>AdxPathIsDirectory</c>, <c>AdxFormatUnknown</c>.</exception>
    public static void Check(FileIngestion file)
    {
        ArgumentNullException.ThrowIfNull(file);
        FileUpload.FormatOf(file);
    }

    /// <summary>No further file comes.</summary>
    internal void Complete() => _files.Writer.TryComplete();

    internal async Task RunAsync()
    {
        // What one worker cannot send, the others cannot either.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        try
        {
            await using var submissions = new FileSubmissions(_open);
            await using var shared = new SharedBatches(_request, (route, batch) => submissions.AddAsync(route, [batch]), stop.Token);
            var upload = new FileUpload(_route, _request, stop.Token);
            await Task.WhenAll(Enumerable.Range(0, _request.ThrottleLimit).Select(_ => Task.Run(() => WorkAsync(upload, shared, submissions, stop), CancellationToken.None)));
            await shared.CompleteAsync();
            await submissions.CompleteAsync();
        }
        finally
        {
            _files.Writer.TryComplete();
        }
    }

    private async Task WorkAsync(FileUpload upload, SharedBatches shared, FileSubmissions submissions, CancellationTokenSource stop)
    {
        try
        {
            await foreach (FileIngestion file in _files.Reader.ReadAllAsync(stop.Token))
            {
                await SendAsync(file, upload, shared, submissions);
                IngestionProgress.Current?.EndFile();
            }
        }
        catch
        {
            _files.Writer.TryComplete();
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(FileIngestion file, FileUpload upload, SharedBatches shared, FileSubmissions submissions)
    {
        UploadedFile uploaded;
        try
        {
            uploaded = await upload.UploadAsync(file);
        }
        catch (AdxFileException failure)
        {
            _rejected(new FileRejected(file, failure));
            return;
        }
        if (uploaded.Small is { } small)
        {
            await using (small)
                await shared.AddAsync(uploaded.Route, small.Small, small.SmallRows);
        }
        await submissions.AddAsync(uploaded.Route, uploaded.Batches);
    }
}
