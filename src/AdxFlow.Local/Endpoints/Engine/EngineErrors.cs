using System.Globalization;
using AdxFlow.Local.Kql;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>Errors of queries as the service tells them.</summary>
internal static class EngineErrors
{
    private const string Summary = "Request is invalid and cannot be executed.";

    public static ServiceException From(KqlException error, string query) => error.Kind switch
    {
        KqlErrorKind.NotSupported => ServiceException.NotSupported(error.Message),
        KqlErrorKind.Syntax => new ServiceException(
            400, "General_BadRequest", Summary, "Kusto.Data.Exceptions.SyntaxException", $"Request is invalid and cannot be processed: Syntax error: {error.Message}{Quoted(query)}") { InnerCode = error.Code },
        KqlErrorKind.Semantic => new ServiceException(
            400, "General_BadRequest", Summary, "Kusto.Data.Exceptions.SemanticException", $"Request is invalid and cannot be processed: Semantic error: {error.Message}{Quoted(query)}") { InnerCode = error.Code },
        _ => new ServiceException(
            400, "General_BadRequest", Summary, "Kusto.Data.Exceptions.KustoBadRequestException", $"Request is invalid and cannot be processed: {error.Message}") { InnerCode = error.Code },
    };

    /// <summary>The number that goes with an error in the status of a query: its inner code where that is one, or else its HTTP status.</summary>
    public static int StatusCode(ServiceException error) =>
        uint.TryParse(error.InnerCode, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code) ? unchecked((int)code) : error.Status;

    private static string Quoted(string query) => query.Length is > 0 and <= 1000 ? $". Query: '{query}'" : "";
}
