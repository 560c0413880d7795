using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.DynamicCall;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of arrays.</summary>
internal static class ArrayFunctions
{
    private const KustoType DynamicType = KustoType.Dynamic;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("array_concat", None, Of("d*", 1, DynamicType, a => DynamicValue.Of([.. a.SelectMany(v => Array(v, "array_concat"))]))),
        new("array_iff", None, Of("dss", 3, DynamicType, If)),
        new("array_iif", None, Of("dss", 3, DynamicType, If)),
        new("array_index_of", None, Of("dsiii", 2, KustoType.Long, IndexOf)),
        Over("array_reverse", "d", 1, (items, _) => [.. items.Reverse()]),
        Over("array_rotate_left", "di", 2, (items, a) => a[1] is { } n ? Rotate(items, Integer(n)) : null),
        Over("array_rotate_right", "di", 2, (items, a) => a[1] is { } n ? Rotate(items, -(Int128)Integer(n)) : null),
        Over("array_shift_left", "dis", 2, (items, a) => a[1] is { } n ? Shift(items, Integer(n), a) : null),
        Over("array_shift_right", "dis", 2, (items, a) => a[1] is { } n ? Shift(items, -(Int128)Integer(n), a) : null),
        Over("array_slice", "dii", 3, Slice),
        Over("array_sort_asc", "dB*", 1, (items, a) => Sort(items, a, 1)),
        Over("array_sort_desc", "dB*", 1, (items, a) => Sort(items, a, -1)),
        Over("array_split", "dn", 2, Split),
        new("array_sum", None, Of("d", 1, KustoType.Real, a => a[0]?.AsArray() is { } items ? Sum(items) : null)),
        new("strcat_array", None, Of("ds", 2, KustoType.String, a => a[0] is null ? "" : TextFunctions.Join(a[1]?.ToString() ?? "", Array(a[0], "strcat_array").Select(v => v.ToString())))),
        new("zip", None, Of("d*", 2, DynamicType, Zip)),
        new("repeat", PrefixAndFirstArgument, Of("si", 2, DynamicType, Repeat)),
        new("set_union", None, Of("d*", 2, DynamicType, a => Set(a.SelectMany(v => Array(v, "set_union"))))),
        new("set_intersect", None, Of("d*", 2, DynamicType, a => Set(Array(a[0], "set_intersect").Where(item => a.Skip(1).All(v => Array(v, "set_intersect").Contains(item, ElementComparer.Instance)))))),
        new("set_difference", None, Of("d*", 2, DynamicType, a => Set(Array(a[0], "set_difference").Where(item => !a.Skip(1).Any(v => Array(v, "set_difference").Contains(item, ElementComparer.Instance)))))),
        new("set_has_element", None, Of("ds", 2, KustoType.Bool, a => a[0] is null || a[1] is null ? null : Array(a[0], "set_has_element").Contains(a[1]!, ElementComparer.Instance))),
    ];

    // Of one array; null where there is none.
    private static ScalarFunction Over(string name, string parameters, int least, Func<IReadOnlyList<DynamicValue>, DynamicValue?[], IReadOnlyList<DynamicValue>?> function) =>
        new(name, name.StartsWith("array_sort", StringComparison.Ordinal) ? FirstArgumentAndSuffix : None, Of(parameters, least, DynamicType, a =>
            a[0] is not null && function(Array(a[0], name), a) is { } items ? DynamicValue.Of(items) : null)) { NamePrefix = "sorted" };

    private static long Integer(DynamicValue value) => (long)value.Value!;

    private static DynamicValue Set(IEnumerable<DynamicValue> items)
    {
        var seen = new HashSet<DynamicValue>(ElementComparer.Instance);
        return DynamicValue.Of([.. items.Where(seen.Add)]);
    }

    private static object? If(DynamicValue?[] arguments)
    {
        if (arguments[0] is null) return null;
        return DynamicValue.Of([.. Array(arguments[0], "array_iff").Select((condition, i) => condition.Kind switch
        {
            DynamicKind.Bool => At((bool)condition.Value! ? 1 : 2, i),
            DynamicKind.Long => At((long)condition.Value! != 0 ? 1 : 2, i),
            DynamicKind.Real => At((double)condition.Value! != 0 ? 1 : 2, i),
            DynamicKind.Decimal => At((KustoDecimal)condition.Value! != KustoDecimal.Zero ? 1 : 2, i),
            _ => DynamicValue.Null,
        })]);

        DynamicValue At(int argument, int index)
        {
            if (arguments[argument] is not { } value) return DynamicValue.Null;
            return value.AsArray() is { } items ? (index < items.Count ? items[index] : DynamicValue.Null) : value;
        }
    }

    private static object? IndexOf(DynamicValue?[] arguments)
    {
        if (arguments[0] is null || arguments[1] is not { } value) return null;
        IReadOnlyList<DynamicValue> items = Array(arguments[0], "array_index_of");
        long start = arguments.Length > 2 && arguments[2] is { } s ? Integer(s) : 0;
        long length = arguments.Length > 3 && arguments[3] is { } l ? Integer(l) : -1;
        long occurrence = arguments.Length > 4 && arguments[4] is { } o ? Integer(o) : 1;
        if (length < -1 || occurrence < 0) return null;
        if (occurrence == 0) throw KqlException.NotSupportedValue("The local stand-in does not know what array_index_of() makes of the occurrence 0.");
        if (occurrence > 1 && length >= 0) throw KqlException.NotSupportedValue("The local stand-in does not know where array_index_of() ends that looks for a later occurrence within a length.");
        start = start < 0 ? Math.Max(0, start + items.Count) : start;
        long end = length < 0 || length > items.Count - start ? items.Count : start + length;
        for (long i = start; i < end; i++)
        {
            if (ElementComparer.Instance.Equals(items[(int)i], value) && --occurrence == 0) return i;
        }

        return -1L;
    }

    private static DynamicValue[] Rotate(IReadOnlyList<DynamicValue> items, Int128 left)
    {
        int count = items.Count;
        int by = count == 0 ? 0 : (int)(((left % count) + count) % count);
        return [.. items.Skip(by), .. items.Take(by)];
    }

    private static DynamicValue[] Shift(IReadOnlyList<DynamicValue> items, Int128 left, DynamicValue?[] arguments)
    {
        int by = (int)Int128.Clamp(Int128.Abs(left), 0, items.Count);
        if (by == 0) return [.. items];
        DynamicValue filler = arguments.Length > 2 ? arguments[2] ?? DynamicValue.Null : Filler(items);
        IEnumerable<DynamicValue> added = Enumerable.Repeat(filler, by);
        return left > 0 ? [.. items.Skip(by), .. added] : [.. added, .. items.Take(items.Count - by)];
    }

    private static DynamicValue Filler(IReadOnlyList<DynamicValue> items)
    {
        int texts = items.Count(i => i.Kind == DynamicKind.String);
        if (texts > 0 && texts < items.Count) throw KqlException.NotSupportedValue("The local stand-in does not know by what an array of texts and other values is filled up. Give the value to be used.");
        return texts > 0 ? DynamicValue.Of("") : DynamicValue.Null;
    }

    private static IReadOnlyList<DynamicValue>? Slice(IReadOnlyList<DynamicValue> items, DynamicValue?[] arguments)
    {
        if (arguments[1] is not { } first || arguments[2] is not { } last) return null;
        long start = Integer(first) < 0 ? Math.Max(0, Integer(first) + items.Count) : Integer(first);
        long end = Math.Min(items.Count - 1, Integer(last) < 0 ? Integer(last) + items.Count : Integer(last));
        return start > end ? [] : [.. items.Skip((int)start).Take((int)(end - start + 1))];
    }

    private static List<DynamicValue>? Split(IReadOnlyList<DynamicValue> items, DynamicValue?[] arguments)
    {
        if (arguments[1] is not { } where) return null;
        IReadOnlyList<DynamicValue> places = where.AsArray() ?? [where];
        var parts = new List<DynamicValue>();
        int from = 0;
        foreach (DynamicValue place in places.Append(DynamicValue.Of((long)items.Count)))
        {
            long at = place.Kind == DynamicKind.Long ? Integer(place) : -items.Count - 1L;
            if (at < 0) at += items.Count;
            if (at < from || at > items.Count) throw KqlException.NotSupportedValue("The local stand-in does not know how array_split() splits at a place that is outside of the array, or before the one in front.");
            parts.Add(DynamicValue.Of([.. items.Skip(from).Take((int)at - from)]));
            from = (int)at;
        }

        return parts;
    }

    private static double? Sum(IReadOnlyList<DynamicValue> items)
    {
        double sum = 0;
        foreach (DynamicValue item in items)
        {
            switch (item.Kind)
            {
                case DynamicKind.Long: sum += (long)item.Value!; break;
                case DynamicKind.Real: sum += (double)item.Value!; break;
                case DynamicKind.Decimal: sum += (double)(KustoDecimal)item.Value!; break;
                case DynamicKind.Null: throw KqlException.NotSupportedValue("The local stand-in does not know what array_sum() makes of a null among the elements.");
                default: return null;
            }
        }

        return sum;
    }

    // Numbers, or texts; the documented order of kinds leaves open how those of one kind compare.
    private static DynamicValue[] Sort(IReadOnlyList<DynamicValue> items, DynamicValue?[] arguments, int sign)
    {
        if (arguments.Length > 2) throw KqlException.NotSupportedValue("The local stand-in sorts one array.");
        bool nullsLast = arguments.Length < 2 || arguments[1] is null || (bool)arguments[1]!.Value!;
        DynamicValue[] values = [.. items.Where(i => i.Kind != DynamicKind.Null)];
        Comparison<DynamicValue> order = System.Array.TrueForAll(values, v => v.Kind == DynamicKind.Long) ? (a, b) => Integer(a).CompareTo(Integer(b))
            : System.Array.TrueForAll(values, v => v.Kind == DynamicKind.Real) ? (a, b) => ((double)a.Value!).CompareTo((double)b.Value!)
            : System.Array.TrueForAll(values, v => v.Kind == DynamicKind.DateTime) ? (a, b) => Integer(a).CompareTo(Integer(b))
            : System.Array.TrueForAll(values, v => v.Kind == DynamicKind.String) ? (a, b) => string.CompareOrdinal((string)a.Value!, (string)b.Value!)
            : throw KqlException.NotSupportedValue("The local stand-in sorts arrays of integers, of reals, of datetimes or of texts, and not of several kinds.");
        DynamicValue[] sorted = [.. values.Order(Comparer<DynamicValue>.Create((a, b) => order(a, b) * sign))];
        IEnumerable<DynamicValue> nulls = Enumerable.Repeat(DynamicValue.Null, items.Count - values.Length);
        return nullsLast ? [.. sorted, .. nulls] : [.. nulls, .. sorted];
    }

    private static DynamicValue Zip(DynamicValue?[] arguments)
    {
        IReadOnlyList<DynamicValue>[] arrays = System.Array.ConvertAll(arguments, a => Array(a, "zip"));
        return DynamicValue.Of([.. Enumerable.Range(0, arrays.Max(a => a.Count)).Select(i => DynamicValue.Of([.. arrays.Select(a => i < a.Count ? a[i] : DynamicValue.Null)]))]);
    }

    private static object? Repeat(DynamicValue?[] arguments)
    {
        if (arguments[1] is not { } count || Integer(count) < 0) return null;
        DynamicFunctions.CheckCount(Integer(count));
        return DynamicValue.Of([.. Enumerable.Repeat(arguments[0] ?? DynamicValue.Null, (int)Integer(count))]);
    }
}
