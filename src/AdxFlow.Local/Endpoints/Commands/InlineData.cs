using System.Text;
using AdxFlow.Local.Endpoints.Ingestion;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>The data that stands in a command: behind <c>&lt;|</c>, or record by record in brackets.</summary>
/// <remarks>Source: Microsoft Learn, ".ingest inline".</remarks>
internal static class InlineData
{
    /// <summary>Reads the data up to the end of the command; what is in it follows no rules of the language.</summary>
    /// <exception cref="ServiceException">It begins with neither, or a bracket is not closed.</exception>
    public static byte[] Read(CommandReader reader, DataFormat format)
    {
        if (reader.Next.IsMark("<|")) return Encoding.UTF8.GetBytes(TrimLineStart(reader.Text[reader.Next.End..]));
        if (!reader.Next.IsMark("[")) throw reader.Unexpected("'<|' or '['");
        if (DataFormats.IsJson(format) || format is DataFormat.Txt or DataFormat.Raw or DataFormat.Tsve)
            throw ServiceException.NotSupported($"The local stand-in takes data in brackets in the delimited formats only, not in '{format}'; it takes that behind <|.");
        return Encoding.UTF8.GetBytes(ReadBrackets(reader, reader.Next.Start));
    }

    /// <summary>One record a bracket, each a line. A bracket within quotes is data.</summary>
    private static string ReadBrackets(CommandReader reader, int at)
    {
        string text = reader.Text;
        var data = new StringBuilder();
        while (true)
        {
            int end = at + 1;
            bool quoted = false;
            while (end < text.Length && (quoted || text[end] != ']'))
            {
                if (text[end] == '"') quoted = !quoted;
                end++;
            }

            if (end >= text.Length) throw reader.Error("The data is not closed: ']' is missing.");
            data.Append(text, at + 1, end - at - 1).Append('\n');
            at = end + 1;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at >= text.Length) return data.ToString();
            if (text[at] != '[') throw reader.Error($"Behind the data in brackets stands '{text[at]}'.");
        }
    }

    /// <summary>Drops what belongs to the command: the spaces behind the mark, and the line break if nothing else stands in its line.</summary>
    private static string TrimLineStart(string data)
    {
        string trimmed = data.TrimStart(' ');
        if (trimmed.StartsWith("\r\n", StringComparison.Ordinal)) return trimmed[2..];
        return trimmed.StartsWith('\n') ? trimmed[1..] : trimmed;
    }
}
