namespace AdxFlow.Adx;

/// <summary>What can be told of a text without understanding it: where it begins, and whether it is a management command.</summary>
internal static class QueryText
{
    /// <summary>True for a management command: its first character, behind blanks and comments, is a dot.</summary>
    public static bool IsCommand(string text) => Body(text) is ['.', ..];

    /// <summary>True for a command that changes nothing: <c>.show …</c>, and <c>.get …</c> of the ingestion service.</summary>
    public static bool OnlyShows(string text)
    {
        ReadOnlySpan<char> body = Body(text);
        return BeginsWith(body, ".show") || BeginsWith(body, ".get");
    }

    private static bool BeginsWith(ReadOnlySpan<char> body, string word) =>
        body.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (body.Length == word.Length || !char.IsLetterOrDigit(body[word.Length]));

    /// <summary>The text from its first word on. A comment in KQL goes from <c>//</c> to the end of the line.</summary>
    public static ReadOnlySpan<char> Body(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        while (rest.StartsWith("//"))
        {
            int end = rest.IndexOfAny('\n', '\r');
            rest = end < 0 ? [] : rest[end..].TrimStart();
        }

        return rest;
    }
}
