using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence.Extents;

/// <summary>
/// Writes rows column by column, as they are in memory: numbers as they are (little endian), texts by their UTF-8 bytes, and
/// where they repeat, once each. <see cref="RowsReader"/> reads them.
/// </summary>
internal sealed class RowsWriter(Stream target) : IDisposable
{
    // Beyond this a chunk's texts hardly repeat, and looking for those that do costs more than it saves.
    private const int RepeatingShare = 4;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly BinaryWriter _writer = new(target, Encoding.UTF8, leaveOpen: true);
    private byte[] _text = new byte[64 * 1024];
    private int _used;

    public void Write(IReadOnlyList<RowChunk> chunks)
    {
        _writer.Write(chunks.Count);
        foreach (RowChunk chunk in chunks)
        {
            _writer.Write(chunk.Count);
            _writer.Write(chunk.Width);
            foreach (Vector column in chunk.Columns)
                Write(column, chunk.Count);
        }

        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Write(Vector column, int count)
    {
        _writer.Write(column.Type == KustoType.Decimal ? RowsReader.WideDecimal : (byte)column.Type);
        _writer.Write(column.Nulls is not null);
        if (column.Nulls is { } nulls) _writer.Write(MemoryMarshal.AsBytes(nulls.AsSpan(0, NullMask.Words(count))));
        switch (column)
        {
            case TextVector texts: WriteTexts(texts, count); break;
            case Vector<string> texts: WriteTexts(texts.Items.AsSpan(0, count)); break;
            case Vector<DynamicValue> values: WriteDynamics(values, count); break;
            case Vector<bool> flags: WriteNumbers<bool>(flags, count); break;
            case Vector<int> numbers: WriteNumbers<int>(numbers, count); break;
            case Vector<long> numbers: WriteNumbers<long>(numbers, count); break;
            case Vector<double> numbers: WriteNumbers<double>(numbers, count); break;
            case Vector<KustoDecimal> numbers: WriteNumbers<KustoDecimal>(numbers, count); break;
            default: WriteNumbers<Guid>((Vector<Guid>)column, count); break;
        }
    }

    private void WriteNumbers<T>(Vector<T> column, int count)
        where T : unmanaged => _writer.Write(MemoryMarshal.AsBytes(column.Items.AsSpan(0, count)));

    private void WriteTexts(ReadOnlySpan<string> texts)
    {
        ushort[] numbers = new ushort[texts.Length];
        if (TryNumber(texts, numbers) is { } different)
        {
            _writer.Write((byte)TextForm.Repeating);
            _writer.Write(different.Count);
            foreach (string text in different)
                WriteText(text);
            Flush();
            _writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
        else
        {
            _writer.Write((byte)TextForm.Plain);
            foreach (string text in texts)
                WriteText(text);
            Flush();
        }
    }

    private void WriteTexts(TextVector texts, int count)
    {
        _writer.Write((byte)TextForm.Plain);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<byte> text = texts.Utf8(row);
            Demand(sizeof(int) + text.Length);
            BinaryPrimitives.WriteInt32LittleEndian(_text.AsSpan(_used), text.Length);
            text.CopyTo(_text.AsSpan(_used + sizeof(int)));
            _used += sizeof(int) + text.Length;
        }

        Flush();
    }

    /// <summary>The different texts in the order in which they come, and for each row which it is; null where too many differ.</summary>
    private static List<string>? TryNumber(ReadOnlySpan<string> texts, ushort[] numbers)
    {
        int most = Math.Min(ushort.MaxValue, texts.Length / RepeatingShare);
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var different = new List<string>();
        for (int i = 0; i < texts.Length; i++)
        {
            ref ushort number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, texts[i], out bool exists);
            if (!exists)
            {
                if (different.Count >= most) return null;
                number = (ushort)different.Count;
                different.Add(texts[i]);
            }

            numbers[i] = number;
        }

        return different;
    }

    /// <summary>
    /// The length and the bytes. A text that is not valid UTF-16 has none in UTF-8: a negative length tells of its own. They
    /// gather until <see cref="Flush"/>, since many small writes cost more than their bytes.
    /// </summary>
    private void WriteText(string text)
    {
        Demand(sizeof(int) + Strict.GetMaxByteCount(text.Length));
        int length;
        try
        {
            length = Strict.GetBytes(text, _text.AsSpan(_used + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(_text.AsSpan(_used), length);
        }
        catch (EncoderFallbackException)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
            bytes.CopyTo(_text.AsSpan(_used + sizeof(int)));
            length = bytes.Length;
            BinaryPrimitives.WriteInt32LittleEndian(_text.AsSpan(_used), -text.Length);
        }

        _used += sizeof(int) + length;
    }

    private void Demand(int bytes)
    {
        if (_text.Length - _used >= bytes) return;
        Flush();
        if (_text.Length < bytes) _text = new byte[bytes];
    }

    private void Flush()
    {
        _writer.Write(_text.AsSpan(0, _used));
        _used = 0;
    }

    private void WriteDynamics(Vector<DynamicValue> values, int count)
    {
        for (int row = 0; row < count; row++)
            WriteDynamic(values.IsNull(row) ? DynamicValue.Null : values.Items[row]);
    }

    private void WriteDynamic(DynamicValue value)
    {
        if (value.Json is { } json)
        {
            _writer.Write(RowsReader.JsonText);
            _writer.Write(json.Length);
            _writer.Write(json);
            return;
        }

        _writer.Write(value.Kind == DynamicKind.Decimal ? RowsReader.WideDecimal : (byte)value.Kind);
        switch (value.Value)
        {
            case null: break;
            case bool flag: _writer.Write(flag); break;
            case long number: _writer.Write(number); break;
            case double number: _writer.Write(number); break;
            case KustoDecimal number: _writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<KustoDecimal>(in number))); break;
            case Guid id: _writer.Write(id.ToByteArray()); break;
            case string text:
                WriteText(text);
                Flush();
                break;
            case IReadOnlyList<DynamicValue> items:
                _writer.Write(items.Count);
                foreach (DynamicValue item in items)
                    WriteDynamic(item);
                break;
            case Dictionary<string, DynamicValue> properties:
                _writer.Write(properties.Count);
                foreach ((string name, DynamicValue property) in properties)
                {
                    WriteText(name);
                    Flush();
                    WriteDynamic(property);
                }

                break;
            default: throw new InvalidOperationException($"A dynamic value of kind {value.Kind} cannot be kept.");
        }
    }
}
