namespace AdxFlow.Local.Endpoints.Storage;

/// <summary>A request to a storage account that is refused, in the words of Azure Storage.</summary>
/// <remarks>Codes: Microsoft Learn, "Status and error codes" of Azure Storage.</remarks>
internal sealed class StorageException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>A further sentence of an authentication error; null for none.</summary>
    public string? AuthenticationDetail { get; init; }

    public static StorageException WrongVerb() => new(405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");

    public static StorageException InvalidQuery(string message) => new(400, "InvalidQueryParameterValue", message);

    public static StorageException InvalidXml() => new(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");

    public static StorageException TooLarge() =>
        new(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
}
