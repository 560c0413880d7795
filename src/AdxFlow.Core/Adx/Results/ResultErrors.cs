namespace AdxFlow.Adx;

/// <summary>The errors of a result that only its reader can see.</summary>
internal static class ResultErrors
{
    public static AdxException TooLarge(int limit, Exception? cause = null) =>
        new("AdxResultTooLarge", AdxErrorKind.LimitExceeded, cause is OutOfMemoryException
            ? "A single row of the result is larger than the memory that is left."
            : $"A single row of the result is larger than {limit / (1024.0 * 1024):0.#} MB.", cause)
        {
            RecommendedAction = "Leave the large column out of the query, or shorten it with substring().",
        };
}
