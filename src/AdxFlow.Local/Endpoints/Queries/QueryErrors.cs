using System.Globalization;

namespace AdxFlow.Local.Endpoints.Queries;

/// <summary>Errors with which a query ends before its time.</summary>
/// <remarks>
/// Sources: Microsoft Learn, "Query limits" and "Kusto.Data errors and exceptions". Its pages tell no code for a query that was
/// cancelled, only the flag of the dataset; the code here is the stand-in's own.
/// </remarks>
internal static class QueryErrors
{
    public const string CancelledCode = "QueryCancelled";

    private const string InvalidRequest = "Request is invalid and cannot be executed.";
    private const string TooLarge = "80DA0003";

    /// <summary>The time is over.</summary>
    public static ServiceException Timeout(TimeSpan timeout) => new(
        504,
        "RequestExecutionTimeout",
        "Request execution has timed-out on the service side.",
        "Kusto.Data.Exceptions.KustoServiceTimeoutException",
        $"Query execution has resulted in error (0x80DA0006): Query is expired. The limit of {timeout:c} was reached.")
    {
        Permanent = false,
        InnerCode = "80DA0006",
    };

    /// <summary>A command cancelled it.</summary>
    public static ServiceException Cancelled(string reason) => new(
        400,
        CancelledCode,
        "The request was cancelled.",
        "Kusto.Data.Exceptions.KustoServicePartialQueryFailureException",
        reason.Length == 0 ? "Query execution was cancelled." : $"Query execution was cancelled: {reason}");

    public static ServiceException TooManyRecords(long limit) => LimitExceeded(limit.ToString(CultureInfo.InvariantCulture) + " records");

    public static ServiceException TooManyBytes(long limit) => LimitExceeded(
        limit % (1024 * 1024) == 0 ? $"{limit / (1024 * 1024)} MB" : $"{limit} bytes");

    private static ServiceException LimitExceeded(string limit) => new(
        400,
        "LimitsExceeded",
        InvalidRequest,
        "Kusto.Data.Exceptions.KustoServicePartialQueryFailureLimitsExceededException",
        $"Query execution has exceeded the allowed limits ({TooLarge}): The results of this query exceed the set limit of {limit}, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x{TooLarge}). See https://aka.ms/kustoquerylimits for more information and possible solutions.")
    {
        Permanent = false,
        InnerCode = TooLarge,
    };
}
