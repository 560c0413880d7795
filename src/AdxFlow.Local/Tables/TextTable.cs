using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace AdxFlow.Local.Tables;

/// <summary>Finds the string of a text that came before, by its UTF-8 bytes and without making another.</summary>
internal sealed class TextTable
{
    private const int MinSlots = 256;

    private Entry[] _entries = new Entry[MinSlots / 2];
    private int[] _slots = new int[MinSlots];
    private byte[] _bytes = new byte[4096];
    private int _used;

    /// <summary>How many different texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>The string of a text, the same for the same bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Get(ReadOnlySpan<byte> utf8)
    {
        uint hash = Hash(utf8);
        int[] slots = _slots;
        for (uint slot = hash; ; slot++)
        {
            int number = slots[slot & (uint)(slots.Length - 1)];
            if (number == 0) return Add(utf8, hash);
            ref Entry entry = ref _entries[number - 1];
            if (entry.Hash == hash && utf8.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length))) return entry.Text;
        }
    }

    public void Clear()
    {
        Count = 0;
        _used = 0;
        _entries = new Entry[MinSlots / 2];
        _slots = new int[MinSlots];
    }

    private string Add(ReadOnlySpan<byte> utf8, uint hash)
    {
        if (Count == _entries.Length) Grow();
        if (_bytes.Length - _used < utf8.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + utf8.Length));
        utf8.CopyTo(_bytes.AsSpan(_used));
        string text = Encoding.UTF8.GetString(utf8);
        _entries[Count++] = new Entry(text, hash, _used, utf8.Length);
        _used += utf8.Length;
        Enter(hash, Count);
        return text;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, Count * 2);
        _slots = new int[Count * 4];
        for (int i = 0; i < Count; i++)
            Enter(_entries[i].Hash, i + 1);
    }

    private void Enter(uint hash, int number)
    {
        uint slot = hash;
        while (_slots[slot & (uint)(_slots.Length - 1)] != 0)
            slot++;
        _slots[slot & (uint)(_slots.Length - 1)] = number;
    }

    /// <summary>Eight bytes at a time.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes.Length * Prime;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
            hash ^= hash >> 32;
        }

        ulong rest = 0;
        foreach (byte value in bytes)
            rest = (rest << 8) | value;
        return (uint)(((hash ^ rest) * Prime) >> 32);
    }

    private readonly record struct Entry(string Text, uint Hash, int Start, int Length);
}
