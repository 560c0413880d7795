using System.Text.Json;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Engine;

/// <summary>What the v1 and the v2 response have in common: JSON to a stream, flushed as it grows.</summary>
internal sealed class ResultWriter : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;

    // Results are JSON for a machine, not text inside of HTML: letters stay letters.
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _output;
    private readonly CancellationToken _cancel;

    public ResultWriter(Stream output, CancellationToken cancel)
    {
        _output = output;
        _cancel = cancel;
        Json = new Utf8JsonWriter(output, Options);
    }

    public Utf8JsonWriter Json { get; }

    private long Position => Json.BytesCommitted + Json.BytesPending;

    /// <summary>Writes rows of a result as arrays of values, until its limit of bytes.</summary>
    /// <param name="result">What counts the rows.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="size">The bytes of the rows of the result before.</param>
    /// <returns>The bytes of the rows of the result with these.</returns>
    public async Task<long> WriteRowsAsync(QueryResult result, RowChunk chunk, long size)
    {
        IReadOnlyList<Vector> columns = chunk.Columns;
        long before = Position - size;
        for (int row = 0; row < chunk.Count; row++)
        {
            Json.WriteStartArray();
            for (int i = 0; i < columns.Count; i++)
                columns[i].WriteJson(Json, row);
            Json.WriteEndArray();
            if (!result.Count(Position - before)) break;
            if (Json.BytesPending >= FlushAt) await Json.FlushAsync(_cancel);
        }

        return Position - before;
    }

    /// <summary>Writes what is pending, then raw bytes.</summary>
    public async Task WriteRawAsync(ReadOnlyMemory<byte> bytes)
    {
        await Json.FlushAsync(_cancel);
        await _output.WriteAsync(bytes, _cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Json.FlushAsync(_cancel);
        await Json.DisposeAsync();
    }
}
