using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence.Extents;

/// <summary>Reads what <see cref="RowsWriter"/> wrote.</summary>
internal sealed class RowsReader(Stream source) : IDisposable
{
    /// <summary>Stands where the kind of a dynamic value does, for one that nobody has looked into yet.</summary>
    public const byte JsonText = 255;

    /// <summary>Stands where the type of a column or the kind of a dynamic value does, for decimals of 34 digits. Behind the
    /// number of the type itself come those of .NET, as they were written before.</summary>
    public const byte WideDecimal = 254;

    // A chunk of more than these, which only few large texts make, is read as strings.
    private const int MaxTogether = 512 * 1024 * 1024;

    private readonly BinaryReader _reader = new(source, Encoding.UTF8, leaveOpen: true);

    /// <exception cref="InvalidDataException">That is not what a writer writes.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public List<RowChunk> Read()
    {
        int count = ReadCount(int.MaxValue);
        var chunks = new List<RowChunk>();
        for (int i = 0; i < count; i++)
        {
            int rows = ReadCount(RowChunk.MaxRows);
            var columns = new Vector[ReadCount(ushort.MaxValue)];
            for (int column = 0; column < columns.Length; column++)
                columns[column] = ReadColumn(rows);
            chunks.Add(new RowChunk(columns, rows));
        }

        return chunks;
    }

    public void Dispose() => _reader.Dispose();

    private Vector ReadColumn(int count)
    {
        byte tag = _reader.ReadByte();
        ulong[]? nulls = _reader.ReadBoolean() ? ReadNumbers<ulong>(NullMask.Words(count)) : null;
        if (tag == WideDecimal) return new Vector<KustoDecimal>(KustoType.Decimal, ReadNumbers<KustoDecimal>(count), count, nulls);
        var type = (KustoType)tag;
        return type switch
        {
            KustoType.Bool => new Vector<bool>(type, ReadNumbers<bool>(count), count, nulls),
            KustoType.Int => new Vector<int>(type, ReadNumbers<int>(count), count, nulls),
            KustoType.Long or KustoType.DateTime or KustoType.TimeSpan => new Vector<long>(type, ReadNumbers<long>(count), count, nulls),
            KustoType.Real => new Vector<double>(type, ReadNumbers<double>(count), count, nulls),
            KustoType.Decimal => new Vector<KustoDecimal>(type, Array.ConvertAll(ReadNumbers<decimal>(count), d => (KustoDecimal)d), count, nulls),
            KustoType.Guid => new Vector<Guid>(type, ReadNumbers<Guid>(count), count, nulls),
            KustoType.String => ReadTexts(count),
            KustoType.Dynamic => new Vector<DynamicValue>(type, ReadDynamics(count), count, nulls),
            _ => throw new InvalidDataException($"{type} is not a type of a column"),
        };
    }

    private T[] ReadNumbers<T>(int count)
        where T : unmanaged
    {
        T[] numbers = GC.AllocateUninitializedArray<T>(count);
        source.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private Vector ReadTexts(int count)
    {
        if (_reader.ReadByte() == (byte)TextForm.Plain) return ReadPlainTexts(count);
        var texts = new string[count];
        var different = new string[ReadCount(ushort.MaxValue)];
        for (int i = 0; i < different.Length; i++)
            different[i] = ReadText();
        ushort[] numbers = ReadNumbers<ushort>(count);
        for (int i = 0; i < count; i++)
            texts[i] = numbers[i] < different.Length ? different[numbers[i]] : throw new InvalidDataException("a text is missing");
        return new Vector<string>(KustoType.String, texts, count, null);
    }

    private Vector ReadPlainTexts(int count)
    {
        byte[] utf8 = new byte[Math.Max(count, 1) * 16];
        int[] ends = new int[count];
        int used = 0;
        for (int i = 0; i < count; i++)
        {
            int length = _reader.ReadInt32();
            if (length < 0 || length > MaxTogether - used) return ReadStrings(new TextVector(utf8, ends, i), length, count);
            if (utf8.Length - used < length) Array.Resize(ref utf8, Math.Max(used + length, utf8.Length * 2));
            Span<byte> text = utf8.AsSpan(used, length);
            source.ReadExactly(text);
            if (!Utf8.IsValid(text)) throw new InvalidDataException("a text is not UTF-8");
            ends[i] = used += length;
        }

        Array.Resize(ref utf8, used);
        return new TextVector(utf8, ends, count);
    }

    /// <summary>Goes on as strings, from a text on of which the length is known.</summary>
    private Vector<string> ReadStrings(TextVector before, int length, int count)
    {
        string[] texts = [.. before.Items, ReadText(length), .. new string[count - before.Count - 1]];
        for (int i = before.Count + 1; i < count; i++)
            texts[i] = ReadText();
        return new Vector<string>(KustoType.String, texts, count, null);
    }

    private string ReadText() => ReadText(_reader.ReadInt32());

    private string ReadText(int length)
    {
        if (length == 0) return "";
        if (length < 0) return string.Create(-length, source, static (span, from) => from.ReadExactly(MemoryMarshal.AsBytes(span)));
        byte[] bytes = _reader.ReadBytes(length);
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException();
    }

    private DynamicValue[] ReadDynamics(int count)
    {
        var values = new DynamicValue[count];
        for (int i = 0; i < count; i++)
            values[i] = ReadDynamic();
        return values;
    }

    private DynamicValue ReadDynamic()
    {
        byte kind = _reader.ReadByte();
        if (kind == WideDecimal) return DynamicValue.Of(ReadNumbers<KustoDecimal>(1)[0]);
        if (kind == JsonText) return DynamicValue.OfJson(_reader.ReadBytes(_reader.ReadInt32()));
        return (DynamicKind)kind switch
        {
            DynamicKind.Null => DynamicValue.Null,
            DynamicKind.Bool => DynamicValue.Of(_reader.ReadBoolean()),
            DynamicKind.Long => DynamicValue.Of(_reader.ReadInt64()),
            DynamicKind.Real => DynamicValue.Of(_reader.ReadDouble()),
            DynamicKind.Decimal => DynamicValue.Of((KustoDecimal)_reader.ReadDecimal()),
            DynamicKind.DateTime => DynamicValue.OfDateTime(_reader.ReadInt64()),
            DynamicKind.TimeSpan => DynamicValue.OfTimeSpan(_reader.ReadInt64()),
            DynamicKind.Guid => DynamicValue.Of(new Guid(_reader.ReadBytes(16))),
            DynamicKind.String => DynamicValue.Of(ReadText()),
            DynamicKind.Array => DynamicValue.Of(ReadDynamics(ReadCount(int.MaxValue))),
            DynamicKind.Object => DynamicValue.Of(ReadProperties(ReadCount(int.MaxValue))),
            _ => throw new InvalidDataException($"{kind} is not a kind of a dynamic value"),
        };
    }

    private Dictionary<string, DynamicValue> ReadProperties(int count)
    {
        var properties = new Dictionary<string, DynamicValue>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string name = ReadText();
            properties[name] = ReadDynamic();
        }

        return properties;
    }

    private int ReadCount(int most)
    {
        int count = _reader.ReadInt32();
        return count >= 0 && count <= most ? count : throw new InvalidDataException($"{count} is not a number of things");
    }
}
