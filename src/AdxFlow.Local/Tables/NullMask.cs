using System.Runtime.CompilerServices;

namespace AdxFlow.Local.Tables;

/// <summary>Null bitmaps: one bit a row, set where the row is null; a missing bitmap means that no row is null.</summary>
internal static class NullMask
{
    public static int Words(int count) => (count + 63) >> 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSet(ulong[]? mask, int row) =>
        mask is not null && ((mask[row >> 6] >> (row & 63)) & 1) != 0;

    public static void Set(ref ulong[]? mask, int row, int capacity)
    {
        int words = Words(Math.Max(capacity, row + 1));
        if (mask is null)
            mask = new ulong[words];
        else if (mask.Length < words)
            Array.Resize(ref mask, words);

        mask[row >> 6] |= 1UL << (row & 63);
    }

    /// <summary>Null where either is null; shares an operand's bitmap where that suffices.</summary>
    public static ulong[]? Union(ulong[]? left, ulong[]? right, int count)
    {
        if (left is null || ReferenceEquals(left, right)) return right;
        if (right is null) return left;
        var union = new ulong[Words(count)];
        for (int i = 0; i < union.Length; i++)
            union[i] = left[i] | right[i];
        return union;
    }

    /// <summary>A bitmap in which each of the first <paramref name="count"/> rows is null.</summary>
    public static ulong[] All(int count)
    {
        var mask = new ulong[Words(count)];
        Array.Fill(mask, ulong.MaxValue);
        return mask;
    }
}
