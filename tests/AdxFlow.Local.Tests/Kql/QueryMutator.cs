using System.Text.RegularExpressions;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>Makes new queries of old ones: words left out, doubled, exchanged, taken from others, and single characters changed.</summary>
internal sealed partial class QueryMutator(string[] corpus, Random random)
{
    private const string Alphabet = "aT1.0 |()[]{}'\"\\,;:=<>!~*/%+-_$@`#\n\t\0é\ud83d";

    private static readonly string[] Words =
    [
        "|", "(", ")", "[", "]", ",", ";", "..", "==", "and", "or", "in", "by", "on", "kind=inner", "null", "dynamic(null)", "long(null)", "real(nan)",
        "-1", "0", "9223372036854775807", "1e308", "''", "*", "let", "x", "T", "U", "i", "l", "d", "s", "count()", "| count", "| take 1", "| join U on i",
        "union", "datetime(9999-12-31)", "1tick", "d.x", "true", "desc", "asc", "nulls", "first", "limit", "to typeof(int)", "{", "}",
    ];

    public string Next()
    {
        string query = Pick(corpus);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            query = random.Next(4) == 0 ? ChangeCharacter(query) : ChangeWord(query);
        return query;
    }

    private string ChangeCharacter(string query)
    {
        int at = random.Next(query.Length + 1);
        string text = Alphabet[random.Next(Alphabet.Length)].ToString();
        return random.Next(3) switch
        {
            0 => query.Insert(at, text),
            1 when at < query.Length => query.Remove(at, 1),
            _ => query[..at] + text + query[Math.Min(at + 1, query.Length)..],
        };
    }

    private string ChangeWord(string query)
    {
        List<string> words = Split(query);
        if (words.Count == 0) return Pick(Words);
        int at = random.Next(words.Count);
        switch (random.Next(6))
        {
            case 0: words.RemoveAt(at); break;
            case 1: words.Insert(at, words[at]); break;
            case 2: words[at] = Pick(Words); break;
            case 3: words.Insert(at, Pick(Words)); break;
            case 4:
                int other = random.Next(words.Count);
                (words[at], words[other]) = (words[other], words[at]);
                break;
            default:
                List<string> foreign = Split(Pick(corpus));
                int from = random.Next(foreign.Count);
                words.RemoveRange(at, words.Count - at);
                words.AddRange(foreign[from..]);
                break;
        }

        return string.Concat(words);
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private static List<string> Split(string query) => [.. Word().Matches(query).Select(m => m.Value)];

    [GeneratedRegex(@"\s+|\w+|'[^']*'|""[^""]*""|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
