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

    public CsvRowEncoder(IReadOnlyList<AdxColumn> columns, bool typesAreKnown)
    {
        _columns = columns;
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
        for (int column = 0; column < cells.Length; column++)
        {
            if (column > 0)
                buffer.Append((byte)',');
            if (cells[column] is { } value && !TryWrite(value, column, buffer, out string? reason))
            {
                encoded.Reject(start, new RejectedRow(number, _columns[column], reason));
                return;
            }
        }
        // A line with nothing on it would be no record at all.
        if (buffer.Length == start)
            buffer.Append("\"\""u8);
        buffer.Append((byte)'\n');
        encoded.EndRow();
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
