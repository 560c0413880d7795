using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Equality of the elements of arrays: of one kind and value. Where the documentation leaves open whether two are equal, the query fails.</summary>
internal sealed class ElementComparer : IEqualityComparer<DynamicValue>
{
    public static ElementComparer Instance { get; } = new();

    public bool Equals(DynamicValue? x, DynamicValue? y)
    {
        if (x is null || y is null) return x is null && y is null;
        if (Kind(x) == Kind(y)) return Equals(x.Value, y.Value);
        bool isOpen = Number(x) is { } a && Number(y) is { } b && a == b;
        return isOpen ? throw KqlException.NotSupportedValue("The local stand-in does not know whether equal numbers of different types are the same element of an array.") : false;
    }

    // Equal numbers of all types meet, so that the question comes up.
    public int GetHashCode(DynamicValue obj)
    {
        _ = Kind(obj);
        return Number(obj)?.GetHashCode() ?? obj.Value?.GetHashCode() ?? 0;
    }

    private static DynamicKind Kind(DynamicValue value) => value.Kind is DynamicKind.Array or DynamicKind.Object
        ? throw KqlException.NotSupportedValue("The local stand-in does not compare arrays and bags that are elements of an array.")
        : value.Kind;

    private static double? Number(DynamicValue value) => value.Kind switch
    {
        DynamicKind.Long => (long)value.Value!,
        DynamicKind.Real => (double)value.Value!,
        DynamicKind.Decimal => (double)(KustoDecimal)value.Value!,
        _ => null,
    };
}
