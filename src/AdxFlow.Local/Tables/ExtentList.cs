using System.Collections;

namespace AdxFlow.Local.Tables;

/// <summary>
/// The extents of a table in the order of their rows, as they were at one time. Lists of later times share the array beneath,
/// so that one more extent costs no copy; each sees as many as it had.
/// </summary>
internal sealed class ExtentList : IReadOnlyList<Extent>
{
    private readonly Extent[] _items;

    private ExtentList(Extent[] items, int count)
    {
        _items = items;
        Count = count;
    }

    public static ExtentList Empty { get; } = new([], 0);

    public int Count { get; }

    public Extent this[int index] => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The list with one more. Asked of the latest list only, and by one thread at a time.</summary>
    public ExtentList Add(Extent extent)
    {
        Extent[] items = _items;
        if (items.Length == Count) Array.Resize(ref items, Math.Max(4, Count * 2));
        items[Count] = extent;
        return new ExtentList(items, Count + 1);
    }

    public IEnumerator<Extent> GetEnumerator() => _items.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
