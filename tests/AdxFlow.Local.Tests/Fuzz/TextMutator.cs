using System.Text.RegularExpressions;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Makes new texts of old ones: words left out, doubled, exchanged, taken from others, and single characters changed.</summary>
internal sealed partial class TextMutator(string[] corpus, string[] words, Random random)
{
    private const string Alphabet = "aT1.0 |()[]{}'\"\\,;:=<>!~*/%+-_$@`#\n\t\0é\ud83d";

    public string Next()
    {
        string text = Pick(corpus);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            text = random.Next(4) == 0 ? ChangeCharacter(text) : ChangeWord(text);
        return text;
    }

    private string ChangeCharacter(string text)
    {
        int at = random.Next(text.Length + 1);
        string character = Alphabet[random.Next(Alphabet.Length)].ToString();
        return random.Next(3) switch
        {
            0 => text.Insert(at, character),
            1 when at < text.Length => text.Remove(at, 1),
            _ => text[..at] + character + text[Math.Min(at + 1, text.Length)..],
        };
    }

    private string ChangeWord(string text)
    {
        List<string> parts = Split(text);
        if (parts.Count == 0) return Pick(words);
        int at = random.Next(parts.Count);
        switch (random.Next(6))
        {
            case 0: parts.RemoveAt(at); break;
            case 1: parts.Insert(at, parts[at]); break;
            case 2: parts[at] = Pick(words); break;
            case 3: parts.Insert(at, Pick(words)); break;
            case 4:
                int other = random.Next(parts.Count);
                (parts[at], parts[other]) = (parts[other], parts[at]);
                break;
            default:
                List<string> foreign = Split(Pick(corpus));
                int from = random.Next(foreign.Count);
                parts.RemoveRange(at, parts.Count - at);
                parts.AddRange(foreign[from..]);
                break;
        }

        return string.Concat(parts);
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private static List<string> Split(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\s+|\w+|'[^']*'|""[^""]*""|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
