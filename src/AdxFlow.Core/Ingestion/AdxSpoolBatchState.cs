namespace AdxFlow;

/// <summary>How far a batch in a spool has come.</summary>
public enum AdxSpoolBatchState
{
    /// <summary>It takes rows, or did so when its process ended.</summary>
    Open,

    /// <summary>It is whole on disk, and the service is not known to have accepted it.</summary>
    Sealed,

    /// <summary>The service has accepted it and has not said yet that its rows are in the table.</summary>
    Queued,

    /// <summary>The service said that its rows are in the table; the spool no longer holds them.</summary>
    Confirmed,

    /// <summary>It was refused for good, or its file is damaged. It stays, with its error, until it is sent again or removed.</summary>
    Refused,
}
