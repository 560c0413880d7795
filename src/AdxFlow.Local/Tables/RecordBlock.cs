using System.Runtime.CompilerServices;

namespace AdxFlow.Local.Tables;

/// <summary>Records of text whose fields have been found, in the bytes in which they came.</summary>
internal sealed class RecordBlock
{
    private byte[] _unescaped = [];
    private TextField[] _fields = new TextField[2048];
    private int[] _ends = new int[256];
    private int _fieldCount;

    /// <summary>The bytes in which the fields are.</summary>
    public byte[] Text { get; set; } = [];

    /// <summary>The number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the longest record.</summary>
    public int Longest { get; private set; }

    /// <summary>The number of fields of the record that has begun and not ended.</summary>
    public int OpenFields => _fieldCount - Begin(Count);

    /// <summary>The field that was added last.</summary>
    public TextField LastField => _fields[_fieldCount - 1];

    public void Clear()
    {
        Count = 0;
        Longest = 0;
        _fieldCount = 0;
    }

    /// <summary>Adds a field to the record that has begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TextField field)
    {
        if (_fieldCount == _fields.Length) Array.Resize(ref _fields, _fieldCount * 2);
        _fields[_fieldCount++] = field;
    }

    /// <summary>Ends a record.</summary>
    /// <param name="length">Its bytes.</param>
    public void EndRecord(int length)
    {
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _fieldCount;
        if (length > Longest) Longest = length;
    }

    /// <summary>Drops the fields of the record that has begun.</summary>
    public void DiscardOpen() => _fieldCount = Begin(Count);

    public int FieldCount(int record) => _ends[record] - Begin(record);

    /// <summary>The text of a field, valid until the next call; empty where the record has not that many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Field(int record, int ordinal)
    {
        int begin = Begin(record);
        if (ordinal >= _ends[record] - begin) return default;
        TextField field = _fields[begin + ordinal];
        return field.HasDoubledQuotes ? Unescape(Text.AsSpan(field.Start, field.Length)) : Text.AsSpan(field.Start, field.Length);
    }

    private int Begin(int record) => record == 0 ? 0 : _ends[record - 1];

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_unescaped.Length < raw.Length) _unescaped = new byte[Math.Max(raw.Length, 256)];
        int written = 0;
        while (true)
        {
            int quote = raw.IndexOf((byte)'"');
            int taken = quote < 0 ? raw.Length : quote + 1;
            raw[..taken].CopyTo(_unescaped.AsSpan(written));
            written += taken;
            if (quote < 0) return _unescaped.AsSpan(0, written);
            raw = raw[(taken + 1)..];
        }
    }
}
