namespace AdxFlow.Ingestion.Spool;

/// <summary>What the service's answer about a queued batch means for its place in the spool.</summary>
internal static class SpoolVerdict
{
    // What fails again and again for a reason that is said to pass.
    private const int MostAttempts = 5;

    /// <summary>The record to note: confirmed, refused, or sealed to be sent again; null while the service is at work on it.</summary>
    public static SpoolRecord? Of(SpoolRecord record, AdxIngestionBatch answer, bool isExactlyOnce) => answer.Status switch
    {
        AdxIngestionStatus.Succeeded => record with { State = AdxSpoolBatchState.Confirmed },
        // It was there already: an earlier try, whose answer nobody heard, had gone through.
        AdxIngestionStatus.Failed when isExactlyOnce && IsTagKnown(answer) => record with { State = AdxSpoolBatchState.Confirmed },
        AdxIngestionStatus.Failed or AdxIngestionStatus.Unknown when MayPass(answer, isExactlyOnce) && record.Attempts < MostAttempts => record with { State = AdxSpoolBatchState.Sealed },
        AdxIngestionStatus.Failed or AdxIngestionStatus.Unknown or AdxIngestionStatus.Canceled =>
            record with { State = AdxSpoolBatchState.Refused, ErrorCode = answer.ErrorCode, Error = answer.Error ?? answer.Status.ToString(), IsPermanent = answer.IsPermanent },
        _ => null,
    };

    /// <summary>The code that the service gives for data of which the table has the tag.</summary>
    private static bool IsTagKnown(AdxIngestionBatch answer) => answer.ErrorCode?.Contains("IngestByTagAlreadyExists", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// True where sending again may help. Of a batch whose request came twice nobody knows whether its rows are in the table:
    /// with a tag it may be sent again; without one that could double them.
    /// </summary>
    private static bool MayPass(AdxIngestionBatch answer, bool isExactlyOnce) => answer.Status == AdxIngestionStatus.Unknown ? isExactlyOnce : answer.IsPermanent == false;
}
