using System.Buffers;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads everything as one record of one field (format raw).</summary>
internal sealed class WholeTextReader(Stream source) : IRecordReader
{
    private const int MaxText = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _text = new();

    public long Records { get; private set; }

    public int FieldCount => 1;

    public long BytesRead => _text.WrittenCount;

    public bool Read()
    {
        if (Records > 0) return false;
        int read;
        while ((read = source.Read(_text.GetSpan(64 * 1024))) > 0)
        {
            _text.Advance(read);
            if (_text.WrittenCount > MaxText) throw new IngestionException("Stream_InputStreamTooLarge", $"Text of more than {MaxText} bytes is more than the local stand-in takes as one value.");
        }

        if (_text.WrittenCount == 0) return false;
        Records++;
        return true;
    }

    public ReadOnlySpan<byte> Value(int index)
    {
        ReadOnlySpan<byte> text = _text.WrittenSpan;
        return text.StartsWith("\uFEFF"u8) ? text[3..] : text;
    }
}
