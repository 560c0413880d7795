namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads lines of fields between tabs, in which a backslash escapes the character behind it (format tsve).</summary>
/// <remarks>Source: Microsoft Learn, "Data formats supported for ingestion".</remarks>
internal sealed class EscapedReader(Stream source) : IRecordReader
{
    private readonly LineReader _lines = new(source);
    private readonly List<Range> _fields = [];
    private byte[] _text = new byte[4096];

    public long Records { get; private set; }

    public int FieldCount => _fields.Count;

    public long BytesRead => _lines.BytesRead;

    public bool Read()
    {
        ReadOnlyMemory<byte> line;
        do
        {
            if (!_lines.TryRead(out line)) return false;
        }
        while (line.IsEmpty);
        Unescape(line.Span);
        Records++;
        return true;
    }

    public ReadOnlySpan<byte> Value(int index) => _text.AsSpan(_fields[index]);

    private void Unescape(ReadOnlySpan<byte> line)
    {
        if (_text.Length < line.Length) _text = new byte[line.Length];
        _fields.Clear();
        int start = 0;
        int written = 0;
        for (int i = 0; i < line.Length; i++)
        {
            byte next = line[i];
            if (next == '\t')
            {
                _fields.Add(start..written);
                start = written;
                continue;
            }

            if (next == '\\' && i + 1 < line.Length)
            {
                next = line[++i] switch
                {
                    (byte)'t' => (byte)'\t',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    var other => other,
                };
            }

            _text[written++] = next;
        }

        _fields.Add(start..written);
    }
}
