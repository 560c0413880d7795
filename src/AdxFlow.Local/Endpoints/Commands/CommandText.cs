namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Tells commands from queries.</summary>
internal static class CommandText
{
    /// <summary>True for a text whose first character is a dot, after white space and comments.</summary>
    public static bool IsCommand(string text) => Start(text) is var at && at < text.Length && text[at] == '.';

    /// <summary>True for a command that only shows something.</summary>
    public static bool IsShow(string text)
    {
        var reader = new CommandReader(text, Start(text));
        return reader.TryMark(".") && reader.Next.IsWord("show");
    }

    /// <summary>The offset of the first character that is neither white space nor part of a comment.</summary>
    public static int Start(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//"))
            {
                int end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end + 1;
            }
            else
            {
                break;
            }
        }

        return at;
    }
}
