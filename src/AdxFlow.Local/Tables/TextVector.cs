using System.Text;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Texts of which most differ, as UTF-8 one behind the other: a third of the memory of as many strings, and nothing for the
/// garbage collector to follow. Strings are made when somebody asks for them.
/// </summary>
internal sealed class TextVector : Vector<string>
{
    /// <summary>The most bytes that are put together in one array, so that a few large texts cannot ask for more than there is.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private readonly byte[] _utf8;
    private readonly int[] _ends;
    private readonly int _first;
    private readonly bool _brief;
    private object? _strings;

    /// <param name="utf8">The texts; valid UTF-8, each by itself.</param>
    /// <param name="ends">Where each ends, which is where the next begins.</param>
    /// <param name="count">How many there are.</param>
    public TextVector(byte[] utf8, int[] ends, int count)
        : this(utf8, ends, 0, count, brief: false)
    {
    }

    private TextVector(byte[] utf8, int[] ends, int first, int count, bool brief)
        : base(KustoType.String, [], count, null)
    {
        _utf8 = utf8;
        _ends = ends;
        _first = first;
        _brief = brief;
    }

    /// <summary>All texts as strings: kept where this is a part that lives briefly, else until the garbage collector comes by.</summary>
    public override string[] Items
    {
        get
        {
            if ((_strings as string[] ?? (_strings as WeakReference)?.Target) is string[] made) return made;
            string[] strings = new string[Count];
            for (int row = 0; row < strings.Length; row++)
                strings[row] = At(row);
            _strings = _brief ? strings : new WeakReference(strings);
            return strings;
        }
    }

    /// <summary>The bytes of all texts together.</summary>
    public int ByteCount => Count == 0 ? 0 : _ends[_first + Count - 1] - Start(0);

    public ReadOnlySpan<byte> Utf8(int row)
    {
        int start = Start(row);
        return _utf8.AsSpan(start, _ends[_first + row] - start);
    }

    public override string At(int row) => Encoding.UTF8.GetString(Utf8(row));

    public override Vector Gather(ReadOnlySpan<int> rows)
    {
        long total = 0;
        foreach (int row in rows)
            total += Utf8(row).Length;

        // Where rows come many times over, they had better share their strings.
        if (total > Math.Max(_utf8.Length, 4096)) return base.Gather(rows);
        byte[] utf8 = GC.AllocateUninitializedArray<byte>((int)total);
        int[] ends = GC.AllocateUninitializedArray<int>(rows.Length);
        int used = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            ReadOnlySpan<byte> text = Utf8(rows[i]);
            text.CopyTo(utf8.AsSpan(used));
            ends[i] = used += text.Length;
        }

        return new TextVector(utf8, ends, ends.Length);
    }

    public override Vector Head(int count) => count == Count ? this : new TextVector(_utf8, _ends, _first, count, _brief);

    public override Vector Slice(int start, int count) => new TextVector(_utf8, _ends, _first + start, count, brief: true);

    /// <summary>Copies the texts behind others.</summary>
    public void CopyTo(Span<byte> utf8, Span<int> ends, int used)
    {
        int start = Start(0);
        _utf8.AsSpan(start, ByteCount).CopyTo(utf8[used..]);
        for (int row = 0; row < Count; row++)
            ends[row] = _ends[_first + row] - start + used;
    }

    private int Start(int row) => _first + row == 0 ? 0 : _ends[_first + row - 1];
}
