namespace AdxFlow.Ingestion.Spool;

/// <summary>What can be wrong with a spool.</summary>
internal static class SpoolErrors
{
    public const string Damaged = "AdxSpoolDamaged";

    // ENOSPC, EDQUOT (Linux, macOS), ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
    private static readonly int[] DiskFullCodes = [28, 122, 69, 0x27, 0x70];

    public static AdxException Version(string path, int version) => new("AdxSpoolVersion", AdxErrorKind.InvalidData, $"The spool '{path}' was made by a newer version of this module: its form is {version}, and this version knows up to {SpoolManifest.CurrentVersion}.")
    {
        RecommendedAction = "Update the module, or let the version that made the spool send what is in it.",
    };

    public static AdxException InUse(string path) => new("AdxSpoolInUse", AdxErrorKind.Throttled, $"Another process, or another call in this one, is at work on the spool '{path}'.")
    {
        RecommendedAction = "Wait until it has ended. What a process holds is free as soon as it ends, however it does.",
    };

    public static AdxException NotFound(string path) => new("AdxSpoolNotFound", AdxErrorKind.NotFound, $"There is no spool at '{path}'.")
    {
        RecommendedAction = "Give the directory that was given to Send-AdxData as -SpoolPath, or that of one ingestion in it.",
    };

    public static AdxException IsDamaged(string path, string what, Exception? inner = null) => new(Damaged, AdxErrorKind.InvalidData, $"The spool '{path}' is damaged: {what}", inner)
    {
        RecommendedAction = "Its rows up to the damage are in the table or in the spool. Send the others again from their source, then drop the spool with Remove-AdxSpool.",
    };

    public static AdxException Mismatch(string path, string what) => new("AdxSpoolMismatch", AdxErrorKind.InvalidArgument, $"The spool '{path}' {what}")
    {
        RecommendedAction = "Connect to where the spool belongs, or take another -SpoolName. Resume-AdxSpool -Force sends to the cluster one is connected to.",
    };

    public static AdxException BudgetFull(string path, long bytes, int refused) => new("AdxSpoolFull", AdxErrorKind.LimitExceeded,
        $"The spool '{path}' may hold {bytes} bytes, and nothing is on its way that would make room" + (refused > 0 ? $": {refused} batches in it were refused and are kept." : "."))
    {
        RecommendedAction = "Look at the refused batches with Get-AdxSpool, then send them again (Resume-AdxSpool -RetryRefused) or drop them (Remove-AdxSpool); or give more room with -SpoolSizeMB. The rows taken so far are safe.",
    };

    public static AdxException InvalidGuarantee(string what) => new("AdxInvalidGuarantee", AdxErrorKind.InvalidArgument, what)
    {
        RecommendedAction = "See -DeliveryGuarantee and -SpoolPath in the help of Send-AdxData.",
    };

    public static bool IsDiskFull(Exception failure) => failure is IOException && Array.IndexOf(DiskFullCodes, failure.HResult & 0xFFFF) >= 0;

    /// <summary>A failure of the file system, by its kind.</summary>
    public static AdxException From(Exception failure, string path)
    {
        if (IsDiskFull(failure))
        {
            return new AdxException("AdxSpoolFull", AdxErrorKind.LimitExceeded, $"The disk of the spool '{path}' is full.", failure)
            {
                RecommendedAction = "Make room, then start again. The rows taken so far are safe; Get-AdxSpool says how many they are.",
            };
        }
        return new AdxException("AdxSpoolUnusable", failure is UnauthorizedAccessException ? AdxErrorKind.PermissionDenied : AdxErrorKind.InvalidArgument, $"The spool '{path}' cannot be used: {failure.Message}", failure)
        {
            RecommendedAction = "Give a directory of a local disk that this user may write to.",
        };
    }
}
