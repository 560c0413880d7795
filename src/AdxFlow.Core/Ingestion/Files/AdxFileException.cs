namespace AdxFlow.Ingestion.Files;

/// <summary>A file that cannot be sent. It concerns that file alone, of which nothing was sent; others may follow.</summary>
public sealed class AdxFileException : AdxException
{
    internal AdxFileException(string errorId, AdxErrorKind kind, string message, Exception? inner = null)
        : base(errorId, kind, message, inner)
    {
    }
}
