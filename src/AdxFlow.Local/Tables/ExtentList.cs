using System.Collections;

namespace AdxFlow.Local.Tables;

/// <summary>
/// The extents of a table in the order of their rows, as they were at one time. Lists of later times share the array beneath,
/// so that one more extent costs no copy; each sees as many as it had. Where two lists go on from the same one, as a table and
/// its copy, the later takes an array of its own.
/// </summary>
internal sealed class ExtentList : IReadOnlyList<Extent>
{
    private readonly Room _room;

    private ExtentList(Room room, int count)
    {
        _room = room;
        Count = count;
    }

    public static ExtentList Empty { get; } = new(new Room([], 0), 0);

    public int Count { get; }

    public Extent this[int index] => index < Count ? _room.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The list with one more.</summary>
    public ExtentList Add(Extent extent)
    {
        Room room = _room;
        if (!room.TryTake(Count))
        {
            var items = new Extent[Math.Max(4, Count * 2)];
            Array.Copy(room.Items, items, Count);
            room = new Room(items, Count + 1);
        }

        room.Items[Count] = extent;
        return new ExtentList(room, Count + 1);
    }

    public IEnumerator<Extent> GetEnumerator() => _room.Items.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>An array, and how much of it is taken.</summary>
    private sealed class Room(Extent[] items, int taken)
    {
        private int _taken = taken;

        public Extent[] Items => items;

        /// <summary>Takes the place behind so many; false where there is none, or another list has it.</summary>
        public bool TryTake(int count) => count < items.Length && Interlocked.CompareExchange(ref _taken, count + 1, count) == count;
    }
}
