namespace AdxFlow;

/// <summary>What has become of an ingestion, or of one of its batches. It says <see cref="Succeeded"/> only when the service has said so.</summary>
public enum AdxIngestionStatus
{
    /// <summary>There was no row to send, so there is nothing to wait for.</summary>
    Empty,

    /// <summary>The service has accepted the batch and has not begun with it. By default it collects for up to five minutes.</summary>
    Queued,

    /// <summary>The service is at work on it, or, for a whole ingestion, has finished with some batches and not with others.</summary>
    InProgress,

    /// <summary>The rows are in the table.</summary>
    Succeeded,

    /// <summary>Some batches are in the table, others were refused.</summary>
    PartiallySucceeded,

    /// <summary>The service refused it; the batch's error says why. Of a whole ingestion: no batch is in the table, and at least one was refused.</summary>
    Failed,

    /// <summary>It was cancelled, here or on the service.</summary>
    Canceled,

    /// <summary>
    /// Nobody can say. The answer that queued the batch was lost, so it was queued a second time, and the service found its blob
    /// gone, as it is once it has been ingested. The rows are in the table, most likely; only counting them there makes it sure.
    /// </summary>
    Unknown,
}
