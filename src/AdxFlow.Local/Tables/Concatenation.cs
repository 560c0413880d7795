namespace AdxFlow.Local.Tables;

/// <summary>Joins chunks and vectors end to end.</summary>
internal static class Concatenation
{
    public static RowChunk Of(RowChunk first, RowChunk second)
    {
        var columns = new Vector[first.Width];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Of([first[i], second[i]]);
        return new RowChunk(columns, first.Count + second.Count);
    }

    /// <summary>Joins vectors of one type; at least one must be given.</summary>
    public static Vector Of(IReadOnlyList<Vector> parts)
    {
        if (parts.Count == 1) return parts[0];
        return parts[0] switch
        {
            Vector<bool> => Join<bool>(parts),
            Vector<int> => Join<int>(parts),
            Vector<long> => Join<long>(parts),
            Vector<double> => Join<double>(parts),
            Vector<KustoDecimal> => Join<KustoDecimal>(parts),
            Vector<Guid> => Join<Guid>(parts),
            Vector<string> => Join<string>(parts),
            _ => Join<DynamicValue>(parts),
        };
    }

    private static Vector<T> Join<T>(IReadOnlyList<Vector> parts)
    {
        int total = 0;
        foreach (Vector part in parts)
            total += part.Count;

        var items = new T[total];
        ulong[]? nulls = null;
        int offset = 0;
        foreach (Vector part in parts)
        {
            Array.Copy(part.Values<T>(), 0, items, offset, part.Count);
            if (part.Nulls is { } mask)
            {
                for (int row = 0; row < part.Count; row++)
                {
                    if (NullMask.IsSet(mask, row))
                        NullMask.Set(ref nulls, offset + row, total);
                }
            }

            offset += part.Count;
        }

        return new Vector<T>(parts[0].Type, items, total, nulls);
    }
}
