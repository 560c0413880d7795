using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>Looks inside dynamic values; what is not there is null.</summary>
internal static class DynamicAccess
{
    /// <summary>The element at an index; a negative one counts from the end.</summary>
    public static Kernel Element { get; } = Kernels.TryMap(KustoType.Dynamic, (DynamicValue value, long index, out DynamicValue element) =>
    {
        IReadOnlyList<DynamicValue>? items = value.AsArray();
        if (items is not null && index < 0) index += items.Count;
        bool found = items is not null && index >= 0 && index < items.Count && items[(int)index].Kind != DynamicKind.Null;
        element = found ? items![(int)index] : DynamicValue.Null;
        return found;
    });

    /// <summary>The property named by the second argument.</summary>
    public static Kernel MemberByColumn { get; } = Kernels.TryMap<DynamicValue, string, DynamicValue>(KustoType.Dynamic, TryGet);

    /// <summary>The property of a name.</summary>
    public static Kernel Member(string name) =>
        Kernels.TryMap(KustoType.Dynamic, (DynamicValue value, out DynamicValue member) => TryGet(value, name, out member));

    private static bool TryGet(DynamicValue value, string name, out DynamicValue member)
    {
        member = DynamicValue.Null;
        bool found = value.AsObject() is { } bag && bag.TryGetValue(name, out member!) && member.Kind != DynamicKind.Null;
        if (!found) member = DynamicValue.Null;
        return found;
    }
}
