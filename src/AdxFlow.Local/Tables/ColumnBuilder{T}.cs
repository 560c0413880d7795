using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>A column builder over an array of the storage type.</summary>
internal abstract class ColumnBuilder<T> : ColumnBuilder
{
    private const int MinCapacity = 64;

    private readonly T _blank;
    private T[] _items = [];
    private int _capacity = MinCapacity;
    private ulong[]? _nulls;

    protected ColumnBuilder(KustoType type, T blank)
        : base(type)
    {
        _blank = blank;
    }

    /// <summary>The values so far.</summary>
    protected ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public void Append(T value)
    {
        if (Count == _items.Length) Reserve(Count + 1);
        _items[Count++] = value;
    }

    public override void AppendNull()
    {
        if (Type != KustoType.String)
            NullMask.Set(ref _nulls, Count, _items.Length);
        Append(_blank);
    }

    public override bool AppendText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            AppendNull();
            return true;
        }

        if (TryRead(utf8, out T value))
        {
            Append(value);
            return true;
        }

        AppendNull();
        return false;
    }

    public override bool AppendJson(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                AppendNull();
                return true;
            case JsonTokenType.True:
                return AppendText("true"u8);
            case JsonTokenType.False:
                return AppendText("false"u8);
            case JsonTokenType.String when reader.ValueIsEscaped || reader.HasValueSequence:
                return AppendEscaped(ref reader);
            case JsonTokenType.String or JsonTokenType.Number:
                return AppendText(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
            default:
                reader.Skip();
                AppendNull();
                return false;
        }
    }

    public override void AppendObject(object? value)
    {
        if (value is null)
            AppendNull();
        else
            Append(FromObject(value));
    }

    public override void AppendFrom(Vector vector, int row)
    {
        if (vector.IsNull(row))
            AppendNull();
        else
            Append(vector.Values<T>()[row]);
    }

    public override void Truncate(int count)
    {
        if (_nulls is not null)
        {
            for (int row = count; row < Count; row++)
            {
                if (row >> 6 < _nulls.Length)
                    _nulls[row >> 6] &= ~(1UL << (row & 63));
            }
        }

        Count = count;
    }

    public override Vector Build()
    {
        if (_items.Length - Count > Count / 4)
            Array.Resize(ref _items, Count);
        if (_nulls is not null && _nulls.Length < NullMask.Words(Count))
            Array.Resize(ref _nulls, NullMask.Words(Count));
        var built = new Vector<T>(Type, _items, Count, _nulls);

        // A chunk that was full is likely to be followed by another.
        _capacity = Count == RowChunk.MaxRows ? Count : MinCapacity;
        _items = [];
        _nulls = null;
        Count = 0;
        return built;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AppendFields(RecordBlock records, int ordinal)
    {
        Reserve(Count + records.Count);
        for (int record = 0; record < records.Count; record++)
        {
            ReadOnlySpan<byte> field = records.Field(record, ordinal);
            if (!field.IsEmpty && TryRead(field, out T value))
                _items[Count++] = value;
            else
                AppendNull();
        }
    }

    /// <summary>Reads a cell that is not empty.</summary>
    protected abstract bool TryRead(ReadOnlySpan<byte> utf8, out T value);

    protected virtual T FromObject(object value) => (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);

    private void Reserve(int count)
    {
        if (count <= _items.Length) return;
        int length = Math.Max(count, Math.Max(_items.Length * 2, _capacity));
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Resize(ref _items, length);
            return;
        }

        T[] larger = GC.AllocateUninitializedArray<T>(length);
        Items.CopyTo(larger);
        _items = larger;
    }

    private bool AppendEscaped(ref Utf8JsonReader reader)
    {
        int length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            int written = reader.CopyString(buffer);
            return AppendText(buffer.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
