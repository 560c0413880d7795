using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>Reads the rows of one table, as many as are in hand, out of the array they stand in.</summary>
internal sealed class RowReader(IReadOnlyList<AdxResultColumn> columns)
{
    private readonly AdxType[] _types = [.. columns.Select(column => column.Type)];

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
        Utf8JsonReader reader = source.Open();
        Utf8JsonReader committed = reader;
        Outcome outcome = Outcome.Enough;
        while (rows.Count < wanted)
        {
            outcome = ReadOne(ref reader, rows, out error);
            if (outcome == Outcome.NeedsMore)
                break;

            committed = reader;
            if (outcome != Outcome.Enough)
                break;
        }

        source.Commit(committed);
        return outcome;
    }

    private Outcome ReadOne(ref Utf8JsonReader reader, List<object?[]> rows, out object? error)
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

        // Rows may be shorter than the columns, which leaves absent values, or longer, where the excess has no name and is let go.
        object?[] row = new object?[_types.Length];
        for (int i = 0; ; i++)
        {
            if (!reader.Read())
                return Outcome.NeedsMore;
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                for (; i < row.Length; i++)
                    row[i] = _types[i] == AdxType.String ? string.Empty : null;
                rows.Add(row);
                return Outcome.Enough;
            }

            if (i < row.Length)
            {
                if (!CellReader.TryRead(ref reader, _types[i], out row[i]))
                    return Outcome.NeedsMore;
            }
            else if (!reader.TrySkip())
            {
                return Outcome.NeedsMore;
            }
        }
    }
}
