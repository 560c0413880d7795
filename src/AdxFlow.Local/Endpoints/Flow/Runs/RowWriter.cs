using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Flow.Runs;

/// <summary>Writes some columns of a row as JSON, for its size or to be shown.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly int[] _ordinals;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    public RowWriter(IReadOnlyList<Column> columns, int[] ordinals)
    {
        _columns = columns;
        _ordinals = ordinals;
        _writer = new Utf8JsonWriter(_buffer);
    }

    /// <summary>The bytes of the row.</summary>
    public long Measure(RowChunk chunk, int row)
    {
        Write(chunk, row);
        return _buffer.WrittenCount;
    }

    /// <summary>The row, with what is wrong with it.</summary>
    public JsonObject Describe(RowChunk chunk, int row, IReadOnlyList<JsonObject> problems)
    {
        Write(chunk, row);
        JsonObject described = LocalJson.ParseRow(_buffer.WrittenSpan).AsObject();
        described["_errors"] = new JsonArray([.. problems]);
        described["_filename"] = "conversion_errors_0.json";
        return described;
    }

    public void Dispose() => _writer.Dispose();

    private void Write(RowChunk chunk, int row)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        foreach (int ordinal in _ordinals)
        {
            _writer.WritePropertyName(_columns[ordinal].Name);
            chunk[ordinal].WriteJson(_writer, row);
        }

        _writer.WriteEndObject();
        _writer.Flush();
    }
}
