using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads the rows of one table, as many as are in hand, out of the array they stand in.</summary>
/// <param name="columns">The columns.</param>
/// <param name="form">In what form the values are wanted.</param>
internal sealed class RowReader(IReadOnlyList<AdxResultColumn> columns, RowForm form)
{
    private readonly AdxType[] _types = [.. columns.Select(column => column.Type)];

    /// <summary>How many rows have been read.</summary>
    public long Count { get; private set; }

    /// <summary>What ended a reading.</summary>
    internal enum Outcome
    {
        /// <summary>The next row is not there in full.</summary>
        NeedsMore,

        /// <summary>As many rows as were wanted.</summary>
        Enough,

        /// <summary>The array has ended.</summary>
        End,

        /// <summary>In the place of a row there is an object: an error of the service.</summary>
        Error,
    }

    /// <summary>
    /// Reads rows into the list, row by row, and leaves the reader behind the last whole one.
    /// Works on a copy of the reader, so that half a row does not count.
    /// </summary>
    public Outcome Read(JsonPullReader source, List<object?[]> rows, int wanted, out object? error)
    {
        error = null;
        ReadOnlySpan<byte> buffer = source.InHand;
        Utf8JsonReader reader = source.Open();
        Utf8JsonReader committed = reader;
        Outcome outcome = Outcome.Enough;
        while (rows.Count < wanted)
        {
            outcome = ReadOne(ref reader, buffer, rows, out error);
            if (outcome == Outcome.NeedsMore)
                break;

            committed = reader;
            if (outcome != Outcome.Enough)
                break;
        }

        source.Commit(committed);
        return outcome;
    }

    private Outcome ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> buffer, List<object?[]> rows, out object? error)
    {
        error = null;
        if (!reader.Read())
            return Outcome.NeedsMore;

        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray:
                return Outcome.End;
            case JsonTokenType.StartObject:
                return JsonValues.TryRead(ref reader, out error) ? Outcome.Error : Outcome.NeedsMore;
            case JsonTokenType.StartArray:
                break;
            default:
                throw new JsonException($"A row was expected, not {reader.TokenType}.");
        }

        object?[] row = new object?[_types.Length];
        for (int i = 0; ; i++)
        {
            if (!reader.Read())
                return Outcome.NeedsMore;
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Fill(row, i);
                rows.Add(row);
                Count++;
                return Outcome.Enough;
            }

            if (i < row.Length)
            {
                bool there = form.DynamicAsJson && _types[i] == AdxType.Dynamic
                    ? CellReader.TryReadJson(ref reader, buffer, out row[i])
                    : CellReader.TryRead(ref reader, _types[i], out row[i]);
                if (!there)
                    return Outcome.NeedsMore;
            }
            else if (!form.AnyWidth)
            {
                throw new JsonException($"Row {Count + 1} has more values than the {_types.Length} columns.");
            }
            else if (!reader.TrySkip())
            {
                return Outcome.NeedsMore;
            }
        }
    }

    /// <summary>Values that a row lacks are absent ones, where that is allowed; values lost on the way would look the same.</summary>
    private void Fill(object?[] row, int given)
    {
        if (given < row.Length && !form.AnyWidth)
            throw new JsonException($"Row {Count + 1} has {given} values for {row.Length} columns.");
        for (; given < row.Length; given++)
            row[given] = _types[given] == AdxType.String ? string.Empty : null;
    }
}
