using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AdxFlow.Adx;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>
/// Reads the result of a query ahead of the pipeline: one thread reads, others make of its rows what is to be written, in blocks,
/// and it is ready when the pipeline comes back for more. A few blocks, and then it waits, so that memory does not grow with the result.
/// </summary>
internal sealed class ResultStream : IDisposable
{
    /// <summary>Small enough that no row outlives a collection of the youngest objects, which costs a quarter of the time with 256.</summary>
    private const int BlockRows = 64;

    private const int BlocksAhead = 4;

    private readonly AdxQueryReader _reader;
    private readonly AdxResultForm _form;
    private readonly ResultWarnings _warnings;
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;
    private readonly Channel<Task<object[]>> _blocks = Channel.CreateBounded<Task<object[]>>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

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

    /// <summary>The next block, in the order of the rows.</summary>
    public bool TryTake([NotNullWhen(true)] out Task<object[]>? block) => _blocks.Reader.TryRead(out block);

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

            foreach (string warning in _reader.Warnings)
                _warnings.Add(warning);
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
                for (int start = 0; start < _reader.Rows.Count; start += BlockRows)
                    await AddAsync(output, [.. _reader.Rows.Skip(start).Take(BlockRows)]);
            }
        }
        catch (AdxException)
        {
            await WriteAsync(output.End());
            throw;
        }

        await WriteAsync(output.End());
    }

    private ValueTask AddAsync(ResultOutput output, object?[][] rows)
    {
        if (!output.IsParallel)
            return WriteAsync(output.Add(rows));
        return _blocks.Writer.WriteAsync(Task.Run(() => output.Add(rows)), _stop.Token);
    }

    private ValueTask WriteAsync(object[] block) => block.Length == 0 ? ValueTask.CompletedTask : _blocks.Writer.WriteAsync(Task.FromResult(block), _stop.Token);
}
