using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A path into a JSON document: <c>$.a.b</c>, <c>$['a b']</c>, <c>$.a[0]</c>; <c>$</c> is the document.</summary>
/// <remarks>Source: Microsoft Learn, "JSONPath syntax" of the Kusto Query Language (without wildcards, as mappings have it).</remarks>
internal sealed class JsonPath
{
    private readonly Step[] _steps;

    private JsonPath(Step[] steps) => _steps = steps;

    /// <summary>Reads a path; null where it is malformed.</summary>
    public static JsonPath? Parse(string text)
    {
        var steps = new List<Step>();
        int at = 1;
        while (at < text.Length)
        {
            if (text[at] == '.')
            {
                int end = text.AsSpan(at + 1).IndexOfAny('.', '[');
                string name = end < 0 ? text[(at + 1)..] : text.Substring(at + 1, end);
                if (name.Length == 0) return null;
                steps.Add(new Step(Encoding.UTF8.GetBytes(name), -1));
                at += 1 + name.Length;
            }
            else if (text[at] == '[' && at + 1 < text.Length)
            {
                char quote = text[at + 1];
                bool quoted = quote is '\'' or '"';
                int end = text.IndexOf(quoted ? quote + "]" : "]", at + (quoted ? 2 : 1), StringComparison.Ordinal);
                if (end < 0) return null;
                string inside = text[(at + (quoted ? 2 : 1))..end];
                if (quoted)
                    steps.Add(new Step(Encoding.UTF8.GetBytes(inside), -1));
                else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                    steps.Add(new Step(null, index));
                else
                    return null;
                at = end + (quoted ? 2 : 1);
            }
            else
            {
                return null;
            }
        }

        return new JsonPath([.. steps]);
    }

    /// <summary>Moves a reader that stands at the document's first token to the value; false where there is none.</summary>
    public bool TrySeek(ref Utf8JsonReader reader)
    {
        foreach (Step step in _steps)
        {
            if (!(step.Name is null ? SeekIndex(ref reader, step.Index) : SeekName(ref reader, step.Name))) return false;
        }

        return true;
    }

    private static bool SeekName(ref Utf8JsonReader reader, byte[] name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return true;
            reader.Skip();
        }

        return false;
    }

    private static bool SeekIndex(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0) return true;
            reader.Skip();
        }

        return false;
    }

    private readonly record struct Step(byte[]? Name, int Index);
}
