namespace AdxFlow.Local.Tables;

/// <summary>
/// A vector over an array: bool as bool, int as int, long and datetime and timespan (ticks of 100 ns) as long, real as
/// double, decimal as <see cref="KustoDecimal"/>, guid as Guid, string as string (never null), dynamic as <see cref="DynamicValue"/>.
/// </summary>
internal sealed class Vector<T> : Vector
{
    private static T[] _blank = [];

    public Vector(KustoType type, T[] items, int count, ulong[]? nulls)
        : base(type, count, nulls)
    {
        Items = items;
    }

    /// <summary>The values; only the first <see cref="Vector.Count"/> count, and those of null rows mean nothing.</summary>
    public T[] Items { get; }

    public override Vector Gather(ReadOnlySpan<int> rows)
    {
        var items = new T[rows.Length];
        T[] source = Items;
        for (int i = 0; i < items.Length; i++)
            items[i] = source[rows[i]];

        ulong[]? nulls = null;
        if (Nulls is { } mask)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                if (NullMask.IsSet(mask, rows[i]))
                    NullMask.Set(ref nulls, i, rows.Length);
            }
        }

        return new Vector<T>(Type, items, items.Length, nulls);
    }

    public override Vector Repeat(int count)
    {
        var items = new T[count];
        Array.Fill(items, Items[0]);
        return new Vector<T>(Type, items, count, IsNull(0) ? NullMask.All(count) : null);
    }

    public override Vector Head(int count) => count == Count ? this : new Vector<T>(Type, Items, count, Nulls);

    /// <summary>Nulls only; the values beneath are one shared blank array, so that added columns cost next to nothing.</summary>
    internal static Vector<T> AllNull(KustoType type, int count)
    {
        T[] blank = _blank;
        if (blank.Length < count)
            _blank = blank = new T[Math.Max(count, 1024)];
        return new Vector<T>(type, blank, count, NullMask.All(count));
    }
}
