using System.Threading.Channels;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>
/// Reads the result of a query ahead of the pipeline, on another thread: what is to be written is ready when the pipeline comes back for more.
/// It holds a few blocks and then waits, so that memory does not grow with the result.
/// </summary>
internal sealed class ResultStream : IDisposable
{
    /// <summary>Small enough to die young in the garbage collector, large enough that handing it over costs nothing.</summary>
    private const int BlockRows = 256;

    private const int BlocksAhead = 8;

    private readonly AdxQueryReader _reader;
    private readonly AdxResultForm _form;
    private readonly ResultWarnings _warnings;
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;
    private readonly Channel<object[]> _blocks = Channel.CreateBounded<object[]>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

    public ResultStream(AdxQueryReader reader, AdxResultForm form, ResultWarnings warnings, CancellationToken stop)
    {
        _reader = reader;
        _form = form;
        _warnings = warnings;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _reading = Task.Run(ReadAllAsync, CancellationToken.None);
    }

    /// <summary>Waits for more to write. False at the end. An error of the result is thrown behind everything that came before it.</summary>
    public Task<bool> WaitAsync(CancellationToken cancel) => _blocks.Reader.WaitToReadAsync(cancel).AsTask();

    public bool TryTake(out object[]? block) => _blocks.Reader.TryRead(out block);

    /// <summary>Ends reading, wherever it is.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _reading.GetAwaiter().GetResult();
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ReadAllAsync()
    {
        Exception? failure = null;
        try
        {
            for (int tables = 0; await _reader.NextTableAsync(_stop.Token); tables++)
            {
                if (tables == 1 && _form != AdxResultForm.DataTable)
                    _warnings.Add("The query has several results; their rows follow one another. -As DataTable gives each as a table of its own.");
                await ReadTableAsync();
            }
        }
        catch (Exception any)
        {
            failure = any;
        }

        _blocks.Writer.Complete(failure);
    }

    private async Task ReadTableAsync()
    {
        var output = ResultOutput.Create(_form, _reader.TableName, _reader.Columns, _warnings);
        try
        {
            while (await _reader.ReadBlockAsync(_stop.Token))
            {
                IReadOnlyList<object?[]> rows = _reader.Rows;
                for (int start = 0; start < rows.Count; start += BlockRows)
                    await WriteAsync(output.Add(rows, start, Math.Min(BlockRows, rows.Count - start)));
            }
        }
        catch (AdxException)
        {
            await WriteAsync(output.End());
            throw;
        }

        await WriteAsync(output.End());
    }

    private ValueTask WriteAsync(object[] block) => block.Length == 0 ? ValueTask.CompletedTask : _blocks.Writer.WriteAsync(block, _stop.Token);
}
