using System.Text.RegularExpressions;

namespace AdxFlow.Ingestion.Spool;

/// <summary>What of a request contradicts what it promises. Found before anything is written or sent.</summary>
internal static partial class SpoolRules
{
    // A quarter of the room is for the open batch: with less than this, batches would be too small to be worth it.
    private const long LeastBytes = 64 * 1024;

    public static void Check(IngestionRequest request)
    {
        switch (request.DeliveryGuarantee)
        {
            case AdxDeliveryGuarantee.ExactlyOnce when request.SpoolPath is null:
                throw SpoolErrors.InvalidGuarantee("ExactlyOnce needs a spool, in which the rows are before they are sent: give -SpoolPath.");
            case AdxDeliveryGuarantee.ExactlyOnce when request.IngestIfNotExists.Count > 0:
                throw SpoolErrors.InvalidGuarantee("ExactlyOnce gives each batch an ingest-by tag of its own. With -IngestIfNotExists nobody could tell which tag a batch was skipped for.");
            case AdxDeliveryGuarantee.None when request.SpoolPath is not null:
                throw SpoolErrors.InvalidGuarantee("A spool keeps rows to send them again; with the guarantee None nothing is sent again.");
        }
        if (request.SpoolName is not null && request.SpoolPath is null)
            throw SpoolErrors.InvalidGuarantee("A name of a spool needs its place: give -SpoolPath.");
        if (request.SpoolName is { } name && !Name().IsMatch(name))
            throw SpoolErrors.InvalidGuarantee($"'{name}' is no name of a spool: it takes 1 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or a digit.");
        if (request.SpoolPath is not null && request.SpoolBytes < LeastBytes)
            throw SpoolErrors.InvalidGuarantee($"A spool of {request.SpoolBytes} bytes is too small: it takes {LeastBytes} at least.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
