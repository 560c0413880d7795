using System.Text;

namespace AdxFlow.Adx;

/// <summary>
/// Cuts a connection string into its parts: <c>name=value;…</c>, with an address before them if one likes. A value with a semicolon or
/// a quote in it stands in double quotes (single ones do as well), where a doubled quote is one.
/// No error shows a value: it may be a key, or what a stray semicolon has cut off one.
/// </summary>
internal static class ConnectionStringReader
{
    private const string Quoting = "Put a value that holds a semicolon or a quote into double quotes.";

    public static Dictionary<ConnectionStringKeyword, string> Read(string text)
    {
        var values = new Dictionary<ConnectionStringKeyword, string>();
        ConnectionStringKeyword? last = null;
        int position = 0;
        while (position < text.Length)
        {
            if (text[position] == ';' || char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            int equals = text.IndexOf('=', position);
            int end = text.IndexOf(';', position);
            if (equals < 0 || (end >= 0 && end < equals))
            {
                if (values.Count > 0 || last is not null)
                    throw Invalid($"There is a part without '='{Behind(last)}.", Quoting);
                end = end < 0 ? text.Length : end;
                values.Add(ConnectionStringKeyword.DataSource, text[position..end].Trim());
                last = ConnectionStringKeyword.DataSource;
                position = end;
                continue;
            }

            string name = text[position..equals].Trim();
            ConnectionStringKeyword keyword = ConnectionStringKeyword.Find(name) ?? throw Unknown(name, last);
            position = equals + 1;
            string value = ReadValue(text, ref position, keyword);
            if (!values.TryAdd(keyword, value))
                throw Invalid($"'{keyword.Name}' is given twice.", "Leave one of them out.");
            last = keyword;
        }

        return values;
    }

    private static string ReadValue(string text, ref int position, ConnectionStringKeyword keyword)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
        if (position == text.Length || text[position] is not ('"' or '\''))
        {
            int end = text.IndexOf(';', position);
            end = end < 0 ? text.Length : end;
            string plain = text[position..end].Trim();
            position = end;
            return plain;
        }

        char quote = text[position++];
        var value = new StringBuilder();
        while (true)
        {
            if (position == text.Length)
                throw Invalid($"The quote of '{keyword.Name}' is not closed.", Quoting);
            char letter = text[position++];
            if (letter != quote)
                value.Append(letter);
            else if (position < text.Length && text[position] == quote)
                value.Append(text[position++]);
            else
                break;
        }

        while (position < text.Length && text[position] != ';')
        {
            if (!char.IsWhiteSpace(text[position++]))
                throw Invalid($"There is something between the quoted value of '{keyword.Name}' and the next semicolon.", Quoting);
        }

        return value.ToString();
    }

    internal static AdxException Invalid(string message, string action) =>
        new("AdxInvalidConnectionString", AdxErrorKind.InvalidArgument, $"The connection string cannot be used. {message} Nothing was sent.") { RecommendedAction = action };

    private static AdxException Unknown(string name, ConnectionStringKeyword? last)
    {
        // Behind a secret, what looks like a name may be the rest of it.
        bool tellable = last?.Effect != ConnectionStringEffect.Secret && name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '_' or '-');
        return tellable
            ? Invalid($"'{name}' is no keyword of Kusto connection strings.", "Check how it is written. The keywords are listed at https://learn.microsoft.com/kusto/api/connection-strings/kusto.")
            : Invalid($"There is a keyword that is none{Behind(last)}.", Quoting);
    }

    private static string Behind(ConnectionStringKeyword? last) => last is null ? string.Empty : $" behind '{last.Name}'";
}
