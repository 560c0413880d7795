using System.Text;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.Core.Tests.Ingestion.Rows;

/// <summary>Encodes single values and rows, for the tests.</summary>
internal static class Cell
{
    /// <summary>The CSV field of a value, or null where it is refused; refused values must write nothing.</summary>
    public static string? Text(CellEncoder encoder, object value)
    {
        using var buffer = new Utf8Buffer(16);
        if (encoder(value, buffer))
            return Encoding.UTF8.GetString(buffer.Written);
        Assert.Equal(0, buffer.Length);
        return null;
    }

    public static string? Text(AdxType type, object value) => Text(CellEncoders.For(type), value);

    public static RowBlock Block(int columns, params object?[][] rows)
    {
        var block = new RowBlock(columns);
        block.Begin(1);
        foreach (object?[] row in rows)
        {
            row.CopyTo(block.Next);
            block.Commit();
        }
        return block;
    }

    public static EncodedBlock Encode(AdxType[] types, params object?[][] rows)
    {
        AdxColumn[] columns = [.. types.Select(static (type, index) => new AdxColumn("c" + index, type))];
        return new CsvRowEncoder(columns, typesAreKnown: true).Encode(Block(columns.Length, rows));
    }

    public static string Text(EncodedBlock block) => Encoding.UTF8.GetString(block.Buffer.Written);
}
