using System.Globalization;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>How many rows a query may return.</summary>
/// <remarks>Source: Microsoft Learn, "Query limits": 500,000 records by default; options <c>notruncation</c> and <c>truncationmaxrecords</c>.</remarks>
internal static class RowLimit
{
    private const long Default = 500_000;

    public static long Of(EngineRequest request)
    {
        if (request.Flag("notruncation")) return long.MaxValue;
        return long.TryParse(request.Option("truncationmaxrecords"), NumberStyles.None, CultureInfo.InvariantCulture, out long most) ? most : Default;
    }

    public static ServiceException Exceeded(long limit) => new(
        400,
        "LimitsExceeded",
        "Request is invalid and cannot be executed.",
        "Kusto.Data.Exceptions.KustoServicePartialQueryFailureLimitsExceededException",
        $"Query execution has exceeded the allowed limits (80DA0003): The results of this query exceed the set limit of {limit} records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003). See https://aka.ms/kustoquerylimits for more information and possible solutions.")
    {
        InnerCode = "80DA0003",
    };
}
