namespace AdxFlow.Adx;

/// <summary>What can be told of a text without understanding it: where it begins, and whether it is a management command.</summary>
internal static class QueryText
{
    /// <summary>True for a management command: its first character, behind blanks and comments, is a dot.</summary>
    public static bool IsCommand(string text) => Body(text) is ['.', ..];

    /// <summary>True for a command that changes nothing: <c>.show …</c>.</summary>
    public static bool OnlyShows(string text)
    {
        ReadOnlySpan<char> body = Body(text);
        return body.StartsWith(".show", StringComparison.OrdinalIgnoreCase) && (body.Length == 5 || !char.IsLetterOrDigit(body[5]));
    }

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
