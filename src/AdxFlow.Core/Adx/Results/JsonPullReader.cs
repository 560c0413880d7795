using System.Buffers;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Reads JSON from a stream as it arrives, through a pooled buffer that holds no more than the value being read.
/// A caller takes a <see cref="Utf8JsonReader"/> over what is in hand, reads as far as it gets, and says how far that was.
/// </summary>
internal sealed class JsonPullReader : IDisposable
{
    private const int InitialSize = 64 * 1024;

    /// <summary>From this size on, a value that is not there in full is looked at again only when half as much more has come.</summary>
    private const int Impatient = 256 * 1024;

    /// <summary>How deep a value may be nested. It is what a dynamic value can have, many times over.</summary>
    internal const int MaxDepth = 256;

    /// <summary>The largest single value (a row, say) that is held in memory, in bytes.</summary>
    private readonly int _maxValue;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;
    private bool _ended;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private int? _mark;
    private JsonReaderState _markState;

    public JsonPullReader(Stream stream, int maxValue = AdxRequestOptions.DefaultMaxRowBytes)
    {
        _stream = stream;
        _maxValue = maxValue;
    }

    /// <summary>How many bytes are in hand; for messages about an answer that cannot be read.</summary>
    public ReadOnlySpan<byte> InHand => _buffer.AsSpan(_start, _end - _start);

    /// <summary>A reader over what is in hand, at the place that was committed last.</summary>
    public Utf8JsonReader Open() => new(_buffer.AsSpan(_start, _end - _start), _ended, _state);

    /// <summary>Moves behind what the reader has read.</summary>
    public void Commit(in Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Remembers this place; from here on nothing is let go until <see cref="Rewind"/>.</summary>
    public void Mark()
    {
        _mark = _start;
        _markState = _state;
    }

    /// <summary>Goes back to the marked place.</summary>
    public void Rewind()
    {
        _start = _mark ?? throw new InvalidOperationException("Nothing was marked.");
        _state = _markState;
        _mark = null;
    }

    /// <summary>True where the stream has nothing more to give.</summary>
    public bool Ended => _ended;

    /// <summary>Reads one token.</summary>
    public async ValueTask<JsonToken> ReadTokenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReadToken(out JsonToken token))
                return token;
            if (!await FillAsync(cancellationToken))
                throw new JsonException("The answer ends in the middle.");
        }
    }

    /// <summary>Reads one whole value as plain objects.</summary>
    public async ValueTask<object?> ReadValueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReadValue(out object? value))
                return value;
            if (!await FillAsync(cancellationToken))
                throw new JsonException("The answer ends in the middle.");
        }
    }

    /// <summary>Skips what is left of an array whose start has been read.</summary>
    public async ValueTask SkipArrayAsync(int depth, CancellationToken cancellationToken)
    {
        while (!TrySkipArray(depth))
        {
            if (!await FillAsync(cancellationToken))
                throw new JsonException("The answer ends in the middle.");
        }
    }

    /// <summary>Waits for more. False where nothing more will come.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return false;

        int held = _end - _start;
        int wanted = held < Impatient ? 1 : held / 2;
        MakeRoom(wanted);
        while (wanted > 0)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                _ended = true;
                // The reader must be asked once more, now knowing that this is all.
                return true;
            }

            _end += read;
            wanted -= read;
            if (wanted > 0 && _end == _buffer.Length)
                MakeRoom(wanted);
        }

        return true;
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool TryReadToken(out JsonToken token)
    {
        token = default;
        Utf8JsonReader reader = Open();
        if (!reader.Read())
            return false;

        string? name = reader.TokenType == JsonTokenType.PropertyName ? JsonStrings.Read(ref reader) : null;
        token = new JsonToken(reader.TokenType, name, reader.CurrentDepth);
        Commit(reader);
        return true;
    }

    private bool TryReadValue(out object? value)
    {
        value = null;
        Utf8JsonReader reader = Open();
        if (!reader.Read() || !JsonValues.TryRead(ref reader, out value))
            return false;

        Commit(reader);
        return true;
    }

    private bool TrySkipArray(int depth)
    {
        Utf8JsonReader reader = Open();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth)
            {
                Commit(reader);
                return true;
            }
        }

        Commit(reader);
        return false;
    }

    private void MakeRoom(int wanted)
    {
        int keep = _mark ?? _start;
        int held = _end - keep;
        if (held > _maxValue)
            throw TooLarge();

        if (keep > 0 && _buffer.Length - held >= wanted && held <= _buffer.Length / 2)
        {
            Buffer.BlockCopy(_buffer, keep, _buffer, 0, held);
        }
        else if (_buffer.Length - _end >= Math.Max(wanted, 4096))
        {
            return;
        }
        else
        {
            byte[] larger = Rent(Math.Max(held + wanted, Math.Min(held * 2L, _maxValue + (long)InitialSize)));
            Buffer.BlockCopy(_buffer, keep, larger, 0, held);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _end = held;
        _start -= keep;
        if (_mark is not null)
            _mark = 0;
    }

    private byte[] Rent(long size)
    {
        try
        {
            return ArrayPool<byte>.Shared.Rent(checked((int)size));
        }
        catch (Exception exhausted) when (exhausted is OutOfMemoryException or OverflowException)
        {
            // Nothing is lost yet but this one value, so the caller can still be told.
            throw TooLarge(exhausted);
        }
    }

    private AdxException TooLarge(Exception? cause = null) => ResultErrors.TooLarge(_maxValue, cause);
}
