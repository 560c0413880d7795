namespace AdxFlow.Local.Tables;

/// <summary>
/// A vector over an array: bool as bool, int as int, long and datetime and timespan (ticks of 100 ns) as long, real as
/// double, decimal as <see cref="KustoDecimal"/>, guid as Guid, string as string (never null; see <see cref="TextVector"/>), dynamic as <see cref="DynamicValue"/>.
/// </summary>
internal class Vector<T> : Vector
{
    private static T[] _blank = [];

    public Vector(KustoType type, T[] items, int count, ulong[]? nulls)
        : base(type, count, nulls)
    {
        Items = items;
    }

    /// <summary>The values; only the first <see cref="Vector.Count"/> count, and those of null rows mean nothing.</summary>
    public virtual T[] Items { get; }

    /// <summary>The value of a row, which must not be null.</summary>
    public virtual T At(int row) => Items[row];

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

    public override Vector Slice(int start, int count)
    {
        ulong[]? nulls = null;
        if (Nulls is { } mask)
        {
            for (int row = 0; row < count; row++)
            {
                if (NullMask.IsSet(mask, start + row))
                    NullMask.Set(ref nulls, row, count);
            }
        }

        return new Vector<T>(Type, Items.AsSpan(start, count).ToArray(), count, nulls);
    }

    /// <summary>Nulls only; the values beneath are one shared blank array, so that added columns cost next to nothing.</summary>
    internal static Vector<T> AllNull(KustoType type, int count)
    {
        T[] blank = _blank;
        if (blank.Length < count)
            _blank = blank = new T[Math.Max(count, 1024)];
        return new Vector<T>(type, blank, count, NullMask.All(count));
    }
}
