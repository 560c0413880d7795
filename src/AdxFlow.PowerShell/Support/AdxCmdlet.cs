using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace AdxFlow.PowerShell.Support;

/// <summary>What every cmdlet of the module has: a token that Ctrl+C cancels, and one way of waiting and of reporting errors.</summary>
public abstract class AdxCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken Stop => _stop.Token;

    private protected static RunspaceState State => RunspaceState.Current;

    /// <summary>Frees what the cmdlet holds; the pipeline calls it however it ends.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the request that is under way.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline's own thread may have come here first.
        }
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    /// <summary>Waits on the pipeline's thread. A failure ends the call.</summary>
    protected T Await<T>(Task<T> task, object? target = null)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (AdxException failure)
        {
            ThrowTerminatingError(failure.ToErrorRecord(target));
            throw;
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Waits on the pipeline's thread; a failure is an error of this one object, told as such.</summary>
    protected bool TryAwait<T>(Task<T> task, object? target, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = task.GetAwaiter().GetResult();
            return true;
        }
        catch (AdxException failure)
        {
            WriteError(failure.ToErrorRecord(target));
            result = default;
            return false;
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The same for what has no result.</summary>
    protected bool TryAwait(Task task, object? target) => TryAwait(Completed(task), target, out _);

    /// <summary>Ends the call with one of our own errors.</summary>
    protected void Throw(AdxException failure, object? target = null) => ThrowTerminatingError(failure.ToErrorRecord(target));

    /// <summary>Does what may refuse its arguments before anything is sent; that ends the call.</summary>
    private protected T Checked<T>(Func<T> make, object? target = null)
    {
        try
        {
            return make();
        }
        catch (AdxException refused)
        {
            Throw(refused, target);
            throw;
        }
    }

    private static async Task<bool> Completed(Task task)
    {
        await task;
        return true;
    }
}
