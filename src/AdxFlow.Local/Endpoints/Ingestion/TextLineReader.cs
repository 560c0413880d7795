namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads lines as records of one field; empty lines are skipped (format txt).</summary>
internal sealed class TextLineReader(Stream source) : IRecordReader
{
    private readonly LineReader _lines = new(source);
    private ReadOnlyMemory<byte> _line;

    public long Records { get; private set; }

    public int FieldCount => 1;

    public long BytesRead => _lines.BytesRead;

    public bool Read()
    {
        do
        {
            if (!_lines.TryRead(out _line)) return false;
        }
        while (_line.IsEmpty);
        Records++;
        return true;
    }

    public ReadOnlySpan<byte> Value(int index) => _line.Span;
}
