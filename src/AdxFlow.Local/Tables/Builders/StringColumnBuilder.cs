using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Builds a column of type string. Values that repeat, of which telemetry is full, share one string object; where most
/// differ, none is made and their bytes stay as they came (<see cref="TextVector"/>).
/// </summary>
internal sealed class StringColumnBuilder : ColumnBuilder<string>
{
    // A longer text hardly ever comes twice, and to look for it costs more than it saves.
    private const int MaxSharedBytes = 256;

    // Beyond this many and this share of the rows, texts do not repeat; but that shows only after some rows, unless the chunk
    // before was so already.
    private const int AlwaysShared = 64;
    private const int FirstShared = 4096;
    private const int SharedShare = 4;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly TextTable _known = new();
    private TextStorage _storage;
    private int _different;
    private int _patience = FirstShared;
    private byte[] _utf8 = [];
    private int[] _ends = [];
    private int _used;
    private long _unshared;

    public StringColumnBuilder()
        : base(KustoType.String, "")
    {
    }

    public override bool IsFull => _used >= TextVector.MaxBytes || _unshared >= TextVector.MaxBytes;

    public override bool AppendText(ReadOnlySpan<byte> utf8)
    {
        if (_storage == TextStorage.Bytes)
            AppendBytes(utf8);
        else if (utf8.IsEmpty)
            Append("");
        else
            AppendShared(utf8);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AppendFields(RecordBlock records, int ordinal)
    {
        for (int record = 0; record < records.Count; record++)
            AppendText(records.Field(record, ordinal));
    }

    public override void AppendNull()
    {
        if (_storage == TextStorage.Bytes)
            AppendBytes([]);
        else
            Append("");
    }

    public override bool AppendJson(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return base.AppendJson(ref reader);
        AppendObject(DynamicValue.FromReader(ref reader)!.ToJson());
        return true;
    }

    public override void AppendObject(object? value)
    {
        string text = (string?)value ?? "";
        if (_storage == TextStorage.Bytes && !TryAppendBytes(text)) KeepStrings();
        if (_storage == TextStorage.Bytes) return;
        Append(text);
        _unshared += text.Length;
    }

    public override void AppendFrom(Vector vector, int row)
    {
        if (vector is TextVector texts)
            AppendText(texts.Utf8(row));
        else
            AppendObject(((Vector<string>)vector).At(row));
    }

    public override void Truncate(int count)
    {
        if (_storage == TextStorage.Bytes && count < Count) _used = count == 0 ? 0 : _ends[count - 1];
        base.Truncate(count);
    }

    public override Vector Build()
    {
        if (_storage == TextStorage.SharedStrings && Differ(AlwaysShared)) KeepBytes();
        Vector built;
        if (_storage == TextStorage.Bytes)
        {
            built = new TextVector(_utf8.AsSpan(0, _used).ToArray(), _ends.AsSpan(0, Count).ToArray(), Count);
            Count = 0;
            _patience = AlwaysShared;
        }
        else
        {
            built = base.Build();
            _patience = FirstShared;
        }

        _storage = TextStorage.SharedStrings;
        _used = 0;
        _unshared = 0;
        _different = 0;
        return built;
    }

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out string value) => throw new NotSupportedException();

    private bool Differ(int always) => _different > always + (Count / SharedShare);

    private void AppendShared(ReadOnlySpan<byte> utf8)
    {
        if (_storage == TextStorage.Strings || utf8.Length > MaxSharedBytes)
        {
            Append(Encoding.UTF8.GetString(utf8));
            _unshared += utf8.Length;
            _different++;
        }
        else
        {
            int known = _known.Count;
            Append(_known.Get(utf8));
            _different += _known.Count - known;
        }

        if (_storage == TextStorage.SharedStrings && Differ(_patience)) KeepBytes();
    }

    /// <summary>Goes over to bytes, for this chunk; what the table knows helps nobody then.</summary>
    private void KeepBytes()
    {
        int count = Count;
        ReadOnlySpan<string> strings = Items;
        Count = 0;
        _used = 0;
        _storage = TextStorage.Bytes;
        _known.Clear();
        for (int row = 0; row < count; row++)
        {
            if (TryAppendBytes(strings[row])) continue;
            Count = count;
            _storage = TextStorage.Strings;
            return;
        }
    }

    /// <summary>Goes back to strings: one came that has no UTF-8.</summary>
    private void KeepStrings()
    {
        int count = Count;
        var texts = new TextVector(_utf8, _ends, count);
        Count = 0;
        _storage = TextStorage.Strings;
        for (int row = 0; row < count; row++)
            Append(texts.At(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AppendBytes(ReadOnlySpan<byte> utf8)
    {
        // What is not valid becomes the replacement character, as everywhere.
        if (!Utf8.IsValid(utf8)) utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        Demand(utf8.Length);
        utf8.CopyTo(_utf8.AsSpan(_used));
        _used += utf8.Length;
        _ends[Count++] = _used;
    }

    private bool TryAppendBytes(string text)
    {
        try
        {
            Demand(Strict.GetByteCount(text));
            _used += Strict.GetBytes(text, _utf8.AsSpan(_used));
            _ends[Count++] = _used;
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private void Demand(int bytes)
    {
        if (_utf8.Length - _used < bytes) Array.Resize(ref _utf8, Math.Max(_used + bytes, Math.Max(_utf8.Length * 2, 4096)));
        if (Count == _ends.Length) Array.Resize(ref _ends, Math.Max(_ends.Length * 2, 256));
    }
}
