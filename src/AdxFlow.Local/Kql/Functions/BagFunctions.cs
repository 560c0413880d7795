using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.DynamicCall;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions that change property bags.</summary>
internal static class BagFunctions
{
    private const KustoType DynamicType = KustoType.Dynamic;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("bag_merge", None, Of("d*", 2, DynamicType, Merge)),
        new("bag_remove_keys", None, Of("dd", 2, DynamicType, a => a[0]?.AsObject() is { } bag && a[1] is not null ? Remove(bag, [.. Array(a[1], "bag_remove_keys").Select(Path)]) : null)),
        new("bag_set_key", None, Of("dTs", 3, DynamicType, a => a[0]?.AsObject() is { } bag && a[1] is { } key ? Put(bag, Path(key), a[2] ?? DynamicValue.Null) : null)),
    ];

    // The leftmost value of a key counts.
    private static DynamicValue Merge(DynamicValue?[] bags)
    {
        var merged = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        foreach (DynamicValue? value in bags)
        {
            Dictionary<string, DynamicValue> bag = value?.AsObject() ?? throw KqlException.NotSupportedValue("The local stand-in does not know what bag_merge() makes of a value that is no bag.");
            foreach ((string key, DynamicValue item) in bag)
                merged.TryAdd(key, item);
        }

        return DynamicValue.Of(merged);
    }

    private static DynamicValue Remove(Dictionary<string, DynamicValue> bag, string[][] paths)
    {
        var kept = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        foreach ((string key, DynamicValue item) in bag)
        {
            string[][] within = [.. paths.Where(p => p[0] == key)];
            if (System.Array.Exists(within, p => p.Length == 1)) continue;
            kept[key] = within.Length > 0 && item.AsObject() is { } inner ? Remove(inner, [.. within.Select(p => p[1..])]) : item;
        }

        return DynamicValue.Of(kept);
    }

    private static DynamicValue Put(Dictionary<string, DynamicValue> bag, string[] path, DynamicValue value)
    {
        var changed = new Dictionary<string, DynamicValue>(bag, StringComparer.Ordinal);
        if (path.Length == 1)
        {
            changed[path[0]] = value;
            return DynamicValue.Of(changed);
        }

        Dictionary<string, DynamicValue>? inner = bag.TryGetValue(path[0], out DynamicValue? there)
            ? there.AsObject() ?? throw KqlException.NotSupportedValue("The local stand-in does not know what bag_set_key() makes of a path through a value that is no bag.")
            : new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        changed[path[0]] = Put(inner, path[1..], value);
        return DynamicValue.Of(changed);
    }

    // A name, or a JSON path of names: $.a.b.
    private static string[] Path(DynamicValue key)
    {
        if (key.Kind != DynamicKind.String) throw KqlException.NotSupportedValue("The local stand-in does not know what a key that is no text stands for.");
        string text = (string)key.Value!;
        if (!text.StartsWith('$')) return [text];
        string[] names = text.Split('.');
        return names.Length > 1 && names[0] == "$" && System.Array.TrueForAll(names[1..], n => n.Length > 0 && n.All(c => char.IsLetterOrDigit(c) || c == '_'))
            ? names[1..]
            : throw KqlException.NotSupportedValue($"The local stand-in takes paths of names, such as $.a.b, and not '{text}'.");
    }
}
