namespace AdxFlow;

/// <summary>What is promised of each row when something breaks on the way.</summary>
public enum AdxDeliveryGuarantee
{
    /// <summary>A batch is queued until it is accepted or refused for good. If an answer is lost, its rows may be in the table twice. The default.</summary>
    AtLeastOnce,

    /// <summary>
    /// Rows are on disk before their batch is sent, and each batch has a tag by which the service knows it again. After a crash
    /// nothing is missing and nothing doubled. It needs a spool, and each batch is ingested alone.
    /// </summary>
    ExactlyOnce,

    /// <summary>A batch is queued once. If that fails its rows are not in the table, and an answer that was lost doubles nothing.</summary>
    None,
}
