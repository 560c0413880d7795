using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

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
            // A dot may stand in front of a bracket.
            if (text[at] == '.' && at + 1 < text.Length && text[at + 1] == '[') at++;
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

    /// <summary>The rest of this path behind another that it begins with; null where it does not, and where nothing is left.</summary>
    public JsonPath? Within(JsonPath start)
    {
        if (_steps.Length <= start._steps.Length) return null;
        for (int i = 0; i < start._steps.Length; i++)
        {
            if (_steps[i].Index != start._steps[i].Index || !_steps[i].Name.AsSpan().SequenceEqual(start._steps[i].Name)) return null;
        }

        return new JsonPath(_steps[start._steps.Length..]);
    }

    /// <summary>Takes the property at which the path ends out of a document; elements of arrays stay.</summary>
    public void Remove(JsonNode? node)
    {
        for (int i = 0; i < _steps.Length && node is not null; i++)
        {
            Step step = _steps[i];
            if (step.Name is null)
            {
                node = node is JsonArray array && step.Index < array.Count ? array[step.Index] : null;
                continue;
            }

            if (node is not JsonObject bag) return;
            string name = Encoding.UTF8.GetString(step.Name);
            if (i == _steps.Length - 1)
                bag.Remove(name);
            else
                node = bag[name];
        }
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
