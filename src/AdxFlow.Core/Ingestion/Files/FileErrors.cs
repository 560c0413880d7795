namespace AdxFlow.Ingestion.Files;

/// <summary>What can be wrong with a file, in words. Each is an error of that file alone; nothing of it was sent.</summary>
internal static class FileErrors
{
    public static AdxFileException NotFound(string path) => new("AdxFileNotFound", AdxErrorKind.NotFound, $"There is no file '{path}'.")
    {
        RecommendedAction = "Check the path. -LiteralPath takes a name as it stands; -Path knows wildcards.",
    };

    public static AdxFileException IsDirectory(string path) => new("AdxPathIsDirectory", AdxErrorKind.InvalidArgument, $"'{path}' is a directory, not a file.")
    {
        RecommendedAction = "Name the files, as in -Path './data/*.csv'.",
    };

    public static AdxFileException Empty(string path) => new("AdxFileEmpty", AdxErrorKind.InvalidData, $"The file '{path}' is empty.")
    {
        RecommendedAction = "Leave it out, as with Get-ChildItem | Where-Object Length.",
    };

    public static AdxFileException Unreadable(string path, Exception cause) => new("AdxFileUnreadable", AdxErrorKind.InvalidData, $"The file '{path}' cannot be read: {cause.Message}", cause)
    {
        RecommendedAction = "Check the rights of this account, and who else holds the file open; one that is called .gz or .zip must be compressed.",
    };

    public static AdxFileException NoRoom(string path, Exception cause) => new("AdxDiskFull", AdxErrorKind.LimitExceeded,
        $"The file '{path}' is sent in several batches, which wait in '{Path.GetTempPath()}' until it has been read to its end, and that disk is full. Nothing of the file was sent.", cause)
    {
        RecommendedAction = "Make room there, or send with -Mode Queued, which needs none.",
    };

    /// <summary>Batches of many files fail together; which of them was to be written then nobody can say.</summary>
    public static AdxException NoScratch(IOException cause) => new(Spool.SpoolErrors.IsDiskFull(cause) ? "AdxDiskFull" : "AdxFileUnreadable", AdxErrorKind.LimitExceeded,
        $"Batches wait in '{Path.GetTempPath()}' until they are sent, and that cannot be used: {cause.Message}", cause)
    {
        RecommendedAction = "Make room there, or send with -Mode Queued, which needs none.",
    };

    public static AdxFileException FormatUnknown(string path) => new("AdxFormatUnknown", AdxErrorKind.InvalidArgument, $"The name '{path}' does not tell the file's format.")
    {
        RecommendedAction = "Give it with -Format, as in -Format Csv.",
    };

    public static AdxFileException NotUtf8(string path) => new("AdxFileEncoding", AdxErrorKind.InvalidData, $"The file '{path}' is UTF-16; ADX takes UTF-8.")
    {
        RecommendedAction = "Write it anew as UTF-8, as in: Get-Content old.csv | Set-Content new.csv -Encoding utf8NoBOM",
    };

    public static AdxFileException CutPacking(string path, Exception cause) => new("AdxFileTruncated", AdxErrorKind.InvalidData,
        $"The file '{path}' ends in the middle of its compressed data, or something else follows it. Nothing of the file was sent.", cause)
    {
        RecommendedAction = "Get the whole file; 'gzip -t' or 'unzip -t' checks it.",
    };

    public static AdxFileException OpenQuote(string path, long record) => new("AdxFileTruncated", AdxErrorKind.InvalidData,
        $"The file '{path}' ends inside of a quoted field: record {record} is cut, or a quote in it lacks its partner. Nothing of the file was sent.")
    {
        RecommendedAction = "Get the whole file, or mend that record.",
    };

    public static AdxFileException CutRecord(string path, long record, int fields, int expected) => new("AdxFileTruncated", AdxErrorKind.InvalidData,
        $"The file '{path}' ends in the middle of record {record}: it has {fields} of {expected} fields and no line end. Nothing of the file was sent.")
    {
        RecommendedAction = "Get the whole file, or end the last line if it is meant to be short.",
    };

    public static AdxFileException CutJson(string path, long record) => new("AdxFileTruncated", AdxErrorKind.InvalidData,
        $"The file '{path}' ends in the middle of record {record}: its last line is no whole JSON object. Nothing of the file was sent.")
    {
        RecommendedAction = "Get the whole file.",
    };

    public static AdxFileException JsonDocument(string path) => new("AdxJsonDocument", AdxErrorKind.InvalidData,
        $"The file '{path}' is a JSON document, an array or an object over several lines, while the format Json is one object a line. Nothing of the file was sent.")
    {
        RecommendedAction = "Send it with -Format MultiJson.",
    };

    public static AdxFileException RecordTooLong(string path, long record, long limit) => new("AdxRecordTooLong", AdxErrorKind.InvalidData,
        $"Record {record} of the file '{path}' is longer than {limit / (1024 * 1024)} MiB: most likely a quote that is never closed, or another format than it was taken for. Nothing of the file was sent.")
    {
        RecommendedAction = "Mend that record, or give the right format with -Format.",
    };

    public static AdxFileException NotPacked(string path, string kind) => new("AdxFileUnreadable", AdxErrorKind.InvalidData,
        $"The file '{path}' is called {kind} and is none. Nothing of the file was sent.")
    {
        RecommendedAction = "Get the file anew, or give it the name of what it is.",
    };

    public static AdxFileException MixedArchive(string path, AdxDataFormat first, AdxDataFormat other) => new("AdxArchiveMixed", AdxErrorKind.InvalidData,
        $"The archive '{path}' holds files of several formats ({first}, {other}). Nothing of it was sent.")
    {
        RecommendedAction = "Unpack it and send the files, or give the one format of all of them with -Format.",
    };

    public static AdxFileException TooLarge(string path, long bytes, long limit, AdxDataFormat format) => new("AdxFileTooLarge", AdxErrorKind.LimitExceeded,
        $"The file '{path}' has {bytes} bytes; the service takes {limit} at once, and a file of format {format} cannot be split here. Nothing of the file was sent.")
    {
        RecommendedAction = "Split it where it was made, or put it into storage of your own and send it with -Uri.",
    };

    public static AdxFileException NeedsBlob(string path, AdxDataFormat format, AdxIngestionMode mode) => new("AdxInvalidCombination", AdxErrorKind.InvalidArgument,
        $"The file '{path}' has to be handed to the service as it is ({format}), which -Mode {mode} cannot. Nothing of the file was sent.")
    {
        RecommendedAction = "Send it with -Mode Auto or Queued.",
    };
}
