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

    /// <summary>True where no column of both together is more bytes than one array should hold.</summary>
    public static bool IsWithinBounds(RowChunk first, RowChunk second)
    {
        for (int i = 0; i < first.Width; i++)
        {
            if (ByteCount(first[i]) + ByteCount(second[i]) > TextVector.MaxBytes) return false;
        }

        return true;
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
            Vector<string> => JoinTexts(parts),
            _ => Join<DynamicValue>(parts),
        };
    }

    private static long ByteCount(Vector vector) => vector is TextVector texts ? texts.ByteCount : 0;

    /// <summary>Joins texts as UTF-8 where all of them are; else as strings.</summary>
    private static Vector<string> JoinTexts(IReadOnlyList<Vector> parts)
    {
        long bytes = 0;
        int total = 0;
        foreach (Vector part in parts)
        {
            if (part is not TextVector text) return Join<string>(parts);
            bytes += text.ByteCount;
            total += text.Count;
        }

        if (bytes > TextVector.MaxBytes) return Join<string>(parts);
        byte[] utf8 = GC.AllocateUninitializedArray<byte>((int)bytes);
        int[] ends = GC.AllocateUninitializedArray<int>(total);
        int row = 0;
        int used = 0;
        foreach (Vector part in parts)
        {
            var text = (TextVector)part;
            text.CopyTo(utf8, ends.AsSpan(row), used);
            row += text.Count;
            used += text.ByteCount;
        }

        return new TextVector(utf8, ends, total);
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
