using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AdxFlow.Ingestion.Rows;

/// <summary>Turns blocks of rows into CSV (RFC 4180, UTF-8, line feed), by the types of the table's columns. Threads may share it.</summary>
internal sealed class CsvRowEncoder
{
    private const int TypicalRowBytes = 128;
    private const int LongestValueInMessage = 64;

    private readonly IReadOnlyList<AdxColumn> _columns;
    private readonly CellEncoder[] _encoders;
    private readonly RowLayout _layout;
    private readonly long _maxRowBytes;

    /// <param name="columns">What the cells belong to.</param>
    /// <param name="typesAreKnown">False when the types are a guess.</param>
    /// <param name="layout">Which field is which cell; null for one after the other.</param>
    /// <param name="maxRowBytes">Bytes beyond which a row is rejected.</param>
    public CsvRowEncoder(IReadOnlyList<AdxColumn> columns, bool typesAreKnown, RowLayout? layout = null, long maxRowBytes = long.MaxValue)
    {
        _columns = columns;
        _layout = layout ?? RowLayout.InOrder(columns.Count);
        _maxRowBytes = maxRowBytes;
        _encoders = [.. columns.Select(column => typesAreKnown ? CellEncoders.For(column.Type) : CellEncoders.ForUnknownType)];
    }

    public EncodedBlock Encode(RowBlock block)
    {
        var encoded = new EncodedBlock(TypicalRowBytes * RowBlock.Capacity, block.FirstRow, block.Since);
        for (int row = 0; row < block.Count; row++)
            EncodeRow(block.Row(row), block.FirstRow + row, encoded);
        return encoded;
    }

    private void EncodeRow(ReadOnlySpan<object?> cells, long number, EncodedBlock encoded)
    {
        Utf8Buffer buffer = encoded.Buffer;
        int start = buffer.Length;
        for (int field = 0; field < _layout.Fields; field++)
        {
            if (field > 0)
                buffer.Append((byte)',');
            int column = _layout.Cell(field);
            if (column >= 0 && cells[column] is { } value && !TryWrite(value, column, buffer, out string? reason))
            {
                encoded.Reject(start, new RejectedRow(number, _columns[column], reason));
                return;
            }
        }
        // A line with nothing on it would be no record at all.
        if (buffer.Length == start)
            buffer.Append("\"\""u8);
        buffer.Append((byte)'\n');
        if (buffer.Length - start > _maxRowBytes)
            encoded.Reject(start, TooLong(cells, number, buffer.Length - start));
        else
            encoded.EndRow();
    }

    private RejectedRow TooLong(ReadOnlySpan<object?> cells, long number, int length)
    {
        // Rare enough to write the cells once more, to name the one to blame.
        int longest = 0;
        int most = -1;
        for (int column = 0; column < cells.Length; column++)
        {
            using var alone = new Utf8Buffer(TypicalRowBytes);
            if (cells[column] is { } value && TryWrite(value, column, alone, out _) && alone.Length > most)
                (longest, most) = (column, alone.Length);
        }
        return new RejectedRow(number, _columns[longest], $"It has {length} bytes; {_maxRowBytes} are the most that can be sent this way. Column '{_columns[longest].Name}' is the longest. -Mode Queued takes it.");
    }

    private bool TryWrite(object value, int column, Utf8Buffer buffer, [NotNullWhen(false)] out string? reason)
    {
        try
        {
            reason = _encoders[column](value, buffer) ? null : Reason(value, _columns[column]);
        }
#pragma warning disable CA1031 // The text of a value that is none of the known types is made by code of its own, which may throw whatever it likes.
        catch (Exception failure) when (failure is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            reason = $"The value ({value.GetType().Name}) for column '{_columns[column].Name}' cannot be written: {failure.Message}";
        }
        return reason is null;
    }

    private static string Reason(object value, AdxColumn column)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length > LongestValueInMessage)
            text = text[..LongestValueInMessage] + "…";
        return $"The value '{text}' ({value.GetType().Name}) is no {AdxTypes.Name(column.Type)}, which column '{column.Name}' takes.";
    }
}
