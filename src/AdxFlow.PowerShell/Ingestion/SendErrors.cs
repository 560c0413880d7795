using AdxFlow.Ingestion.Rows;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>What can be wrong with a call of Send-AdxData before the service sees any of it.</summary>
internal static class SendErrors
{
    public const string InputNotRow = "AdxInputNotRow";

    public static AdxException NoColumns(Type type) => new(InputNotRow, AdxErrorKind.InvalidData, $"An object of type {type.Name} has no properties that could be columns.")
    {
        RecommendedAction = type == typeof(string) || type == typeof(byte)
            ? "Give -Format, as in -Format Json, to send lines of text of that format; or send objects with properties."
            : "Send objects with properties, such as those of Select-Object, Import-Csv or [pscustomobject].",
    };

    public const string ValueRefused = "AdxValueRefused";

    public static AdxException NoValue(Type type) => new(ValueRefused, AdxErrorKind.InvalidData, $"A {type.Name} is no data, and its row was not sent: secrets and code stay here.")
    {
        RecommendedAction = "Leave the property out with Select-Object -ExcludeProperty or -Column, or send what is meant as plain text.",
    };

    public static AdxException ValueTooLarge(int limit) => new(ValueRefused, AdxErrorKind.InvalidData, $"A value has more than {limit / (1024 * 1024)} MB as JSON, and its row was not sent.")
    {
        RecommendedAction = "Send less of it: a dynamic column holds 1 MB unless its encoding policy says otherwise. An object that reaches itself by several ways has no end.",
    };

    public static AdxException ValueTooDeep(int levels) => new(ValueRefused, AdxErrorKind.InvalidData, $"A value goes deeper than {levels} levels by many ways, and its row was not sent: it reaches itself, most likely.")
    {
        RecommendedAction = "Leave out the property that leads back, such as a parent's, with Select-Object -ExcludeProperty or -Column.",
    };

    public static AdxException NotText(Type type) => new(InputNotRow, AdxErrorKind.InvalidData, $"An object of type {type.Name} is no text of a format.")
    {
        RecommendedAction = "With -Format, send strings or byte arrays; leave it out to send objects by their properties.",
    };

    public static AdxException NotTogether(string what) => new("AdxInvalidCombination", AdxErrorKind.InvalidArgument, what)
    {
        RecommendedAction = "Leave one of them out; about_AdxFlow_Modes tells what goes together.",
    };

    public static AdxException NotARow(Type type, string table, IEnumerable<AdxColumn> columns) => new(InputNotRow, AdxErrorKind.InvalidData,
        $"An object of type {type.Name} has none of the columns of table '{table}' ({string.Join(", ", columns.Select(static column => column.Name))}).")
    {
        RecommendedAction = type == typeof(FileInfo)
            ? "Give files as an argument, to send what they hold: Send-AdxData … -LiteralPath (Get-ChildItem …)."
            : type == typeof(string) || type == typeof(byte)
            ? "Give -Format, as in -Format Json, to send lines of text of that format; or send objects with properties."
            : "Send objects whose properties are named as the columns are, as with Select-Object @{ n = 'Column'; e = { … } }.",
    };

    public static AdxException RowRejected(RejectedRow row) => new("AdxRowRejected", AdxErrorKind.InvalidData, $"Row {row.Row} was not sent. {row.Reason}")
    {
        RecommendedAction = "Mend the row and send it again; the others are on their way. Rows are counted from 1.",
    };

    public static AdxException RowsMissing(long skipped, long spooled) => new("AdxSpoolGap", AdxErrorKind.InvalidArgument, $"The caller has left out {skipped} rows, and the spool has only {spooled}: {skipped - spooled} would be lost.")
    {
        RecommendedAction = "Leave out as many rows as Get-AdxSpool says in Rows, or none at all: what the spool has is not sent to it again.",
    };

    public static AdxException SpoolTakesNoFiles() => new("AdxInvalidGuarantee", AdxErrorKind.InvalidArgument, "A spool takes the rows of objects and data readers only: text, files and blobs are there to be sent again.")
    {
        RecommendedAction = "Leave out -SpoolPath, or pipe the rows in as objects, as with Import-Csv.",
    };

    public static AdxException NotInFileSystem(string path) => new("AdxFileNotFound", AdxErrorKind.NotFound, $"'{path}' is no path of the file system.")
    {
        RecommendedAction = "Give the path of a file. What other drives hold can be piped in as objects.",
    };

    public static AdxException UriFormatUnknown(string name) => new("AdxFormatUnknown", AdxErrorKind.InvalidArgument, $"The name '{name}' does not tell the format.")
    {
        RecommendedAction = "Give it with -Format, as in -Format Csv.",
    };

    public static AdxException NoFiles(string directory) => new("AdxFileNotFound", AdxErrorKind.NotFound, $"There is no file to send in '{directory}'.")
    {
        RecommendedAction = "Give -Recurse for what is in its subdirectories; hidden files are left out.",
    };

    public static AdxException DirectoryUnreadable(string directory, Exception cause) => new("AdxFileUnreadable", AdxErrorKind.InvalidData, $"The directory '{directory}' cannot be read to its end: {cause.Message}", cause)
    {
        RecommendedAction = "Check the rights of this account on the directory and on those below it.",
    };

    public static string UnknownColumns(string table, IEnumerable<string> names) =>
        $"Table '{table}' has no column for: {string.Join(", ", names)}. They are not sent. Add the columns with New-AdxTable -Merge, or choose what to send with -Column or Select-Object.";
}
