using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Queued blobs as a journal tells them, and what became of each.</summary>
internal sealed class QueuedImage(QueuedRecord queued)
{
    public QueuedRecord Queued => queued;

    /// <summary>What became of each blob; null for one that still waits.</summary>
    public BlobEndedRecord?[] Ended { get; } = new BlobEndedRecord?[queued.Blobs.Length];

    /// <summary>True while a blob waits, or somebody waits to be told of its end.</summary>
    public bool IsOpen => Array.Exists(Ended, e => e is null || IsToBeTold(e));

    /// <summary>False once nobody will ask for it.</summary>
    public bool Matters => queued.Properties.EnableTracking || IsOpen;

    /// <summary>True where the process ended before it could tell of the end of a blob.</summary>
    public bool IsToBeTold(BlobEndedRecord ended) => queued.IsToBeTold && !ended.IsTold;

    public void End(BlobEndedRecord ended)
    {
        if (ended.Source.Blob >= 0 && ended.Source.Blob < Ended.Length) Ended[ended.Source.Blob] = ended;
    }
}
