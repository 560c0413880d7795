using System.Text.Json.Nodes;

namespace AdxFlow.Local.Tests.Fuzz;

/// <summary>Makes JSON that is well formed and means something else: members are left out, doubled, exchanged, or of another kind.</summary>
internal sealed class JsonMutator(Random random)
{
    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1.5", "1e400", "9223372036854775808", "\"\"", "\"x\"", "\"*\"", "\"2026-11-22T00:00:00Z\"", "[]", "[null]", "[[]]", "{}", "{\"id\":null}", "{\"a\":{\"b\":[]}}"];

    public string Next(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            List<JsonNode> holders = [.. Holders(root)];
            if (holders.Count == 0) break;
            Change(holders[random.Next(holders.Count)]);
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Holders(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(m => Holders(m.Value)).Prepend(holder),
        JsonArray holder => holder.SelectMany(Holders).Prepend(holder),
        _ => [],
    };

    private void Change(JsonNode holder)
    {
        JsonNode? other = JsonNode.Parse(Values[random.Next(Values.Length)]);
        if (holder is JsonArray array)
        {
            if (array.Count > 0 && random.Next(2) == 0) array[random.Next(array.Count)] = other;
            else array.Add(other);
            return;
        }

        JsonObject members = holder.AsObject();
        if (members.Count == 0 || random.Next(8) == 0)
        {
            members["x" + random.Next(3)] = other;
            return;
        }

        string name = members.ElementAt(random.Next(members.Count)).Key;
        if (random.Next(3) == 0) members.Remove(name);
        else members[name] = other;
    }
}
