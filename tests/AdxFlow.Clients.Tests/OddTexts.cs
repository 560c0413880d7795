namespace AdxFlow.Clients.Tests;

/// <summary>Names and texts made of what has a meaning in KQL, in JSON or in a shell.</summary>
internal static class OddTexts
{
    private static readonly string[] NameParts =
    [
        "'", "\"", "\\", "\\'", "''", "[", "]", "['", "']", "(", ")", "{", "}", "`", "```", "~~~", "@'", "h'", "//", "/*", ";", "<|", "|", ",", ".", ":", "=", "#", "$", "$.", "%", "\\u0027", "\\n",
        " ", "-", "_", "__", "0", "1day", "a", "Z", "where", "table", "true", "null", "long(1)", "dynamic", ".drop", ".drop table x", "| take 1", "*", "?",
        "é", "ß", "İ", "表", "🙂", "👩‍💻", "\u2028", "\u2029", "\u00a0", "\u200b", "\ufeff", "\u202e", "\ufffd",
    ];

    private static readonly string[] TextParts = [.. NameParts, "\0", "\u0001", "\t", "\n", "\r", "\r\n", "\u001b", "\u007f", "\u0085", "\ud83d", "\ude42"];

    /// <summary>What may be a name: 1 to 1,024 characters, none of them for control.</summary>
    public static string Name(Random random)
    {
        int length = random.Next(10) switch { 0 => 1024, 1 => 1, _ => random.Next(2, 40) };
        string name;
        do
        {
            name = Join(random, NameParts, length);
            if (name.Length > length)
                name = name[..length];
            // What was cut in the middle of a character is filled up.
            if (char.IsHighSurrogate(name[^1]))
                name = name[..^1] + "x";
        }
        while (string.IsNullOrWhiteSpace(name));
        return name;
    }

    /// <summary>Any text but the empty one, halves of characters included.</summary>
    public static string Text(Random random) => Join(random, TextParts, random.Next(20) == 0 ? 4000 : random.Next(1, 60));

    private static string Join(Random random, string[] parts, int length)
    {
        var text = new System.Text.StringBuilder();
        while (text.Length < length)
            text.Append(parts[random.Next(parts.Length)]);
        return text.ToString();
    }
}
