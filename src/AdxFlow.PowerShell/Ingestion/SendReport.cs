using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.Rows;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>What a call of Send-AdxData tells while it goes on: errors of rows and files, batches, progress.</summary>
/// <param name="cmdlet">Who tells it.</param>
/// <param name="target">Where the rows go, as the progress bar says it.</param>
/// <param name="spoolPath">The spool; null for none.</param>
internal sealed class SendReport(AdxCmdlet cmdlet, string target, string? spoolPath) : IDisposable
{
    private readonly ProgressBar _bar = new(cmdlet, $"Sending to {target}");

    public SendProgress Progress { get; } = new();

    /// <summary>Whether the progress bar waits to be written. To ask costs next to nothing.</summary>
    public bool IsDue => _bar.IsDue;

    /// <summary>Tells what has happened on the workers since.</summary>
    public void TellEvents(IngestionSession session)
    {
        while (session.TryTakeEvent(out IngestionEvent? happened))
        {
            switch (happened)
            {
                case RejectedRow row:
                    WriteError(SendErrors.RowRejected(row).ToErrorRecord(row), session);
                    break;
                case FileRejected file:
                    WriteError(file.Failure.ToErrorRecord(file.File.Path), session);
                    break;
                case BatchQueued queued:
                    AdxIngestionBatch batch = queued.Batch;
                    cmdlet.WriteVerbose($"Batch {batch.SourceId}: {batch.Rows} rows, {batch.RawBytes} bytes, {batch.SentBytes} sent; {Way(batch)}.");
                    break;
                case IngestionNote note:
                    cmdlet.WriteVerbose(note.Text);
                    break;
            }
        }
        _bar.Show(() => Progress.Text(session.Progress), Progress.Percent(session.Progress));
    }

    /// <summary>Waits on the pipeline's thread, and tells meanwhile what happens on the others.</summary>
    public T Await<T>(Task<T> task, IngestionSession session)
    {
        while (Task.WaitAny([task, session.FileRefusal], ProgressBar.Period) != 0)
            TellEvents(session);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Tells an error. Where errors end the call, nothing goes on behind it, and what was accepted is said first: behind it
    /// nothing can be said any more.
    /// </summary>
    public void WriteError(ErrorRecord error, IngestionSession? session)
    {
        if (session is not null && ErrorsEndTheCall())
        {
            session.DisposeAsync().AsTask().GetAwaiter().GetResult();
            WarnOfAccepted(session);
        }
        cmdlet.WriteError(error);
    }

    /// <summary>Says what the service had accepted before the call ended, and where the rest is.</summary>
    public void WarnOfAccepted(IngestionSession? session)
    {
        // A spool knows the batch that was refused as well.
        AdxIngestionBatch[] accepted = [.. session?.Snapshot().Batches.Where(static batch => batch.Status != AdxIngestionStatus.Failed) ?? []];
        if (accepted.Length > 0)
        {
            string rows = Array.TrueForAll(accepted, static batch => batch.Rows is not null) ? $" with {Count(accepted.Sum(static batch => batch.Rows!.Value), "row", "rows")}" : "";
            cmdlet.WriteWarning($"The service had accepted {Count(accepted.Length, "batch", "batches")}{rows} before; Get-AdxIngestion shows {(accepted.Length == 1 ? "it" : "them")}.");
        }
        if (session is { IsSpooled: true })
            cmdlet.WriteWarning($"The rows taken so far are in the spool '{spoolPath}'. Resume-AdxSpool sends them, as does the same call if it has a -SpoolName.");
    }

    /// <summary>Takes the progress bar away.</summary>
    public void Dispose() => _bar.Dispose();

    private static string Count(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private bool ErrorsEndTheCall()
    {
        object? preference = cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given) ? given : cmdlet.GetVariableValue("ErrorActionPreference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action == ActionPreference.Stop;
    }

    private static string Way(AdxIngestionBatch batch) => batch switch
    {
        { OperationId: { } operation } => $"queued as operation {operation}",
        { Status: AdxIngestionStatus.Succeeded } => "in the table",
        _ => "queued",
    };
}
