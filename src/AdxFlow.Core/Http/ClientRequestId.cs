namespace AdxFlow.Http;

/// <summary>The <c>x-ms-client-request-id</c> of a request: who, what, and a fresh id. It is what <c>.cancel query</c> takes.</summary>
internal static class ClientRequestId
{
    public static string New(string? operation)
    {
        string name = string.IsNullOrEmpty(operation)
            ? "Request"
            : new string([.. operation.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.').Take(64)]);
        return $"AdxFlow.{name};{Guid.NewGuid():D}";
    }
}
