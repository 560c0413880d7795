namespace AdxFlow.Local.Kql.Aggregates;

/// <summary>The order of two values of a storage type: text by its characters' codes, all else by value.</summary>
internal static class ValueOrder
{
    public static int Compare<T>(T left, T right)
    {
        if (typeof(T) == typeof(string)) return string.CompareOrdinal((string)(object)left!, (string)(object)right!);
        return Comparer<T>.Default.Compare(left, right);
    }
}
