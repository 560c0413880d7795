using System.Runtime.InteropServices;
using System.Text;
using AdxFlow.Local.Persistence.Extents;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Persistence;

/// <summary>Decimals in files of rows: as they are written now, and as they were when they had the 28 digits of .NET.</summary>
public sealed class DecimalRowsTests
{
    [Fact]
    public void All_digits_are_kept_in_columns_and_in_dynamic_values()
    {
        string[] texts = ["1234567890.123456789012345678901234", "-1.50", "0.00", "9.999999999999999999999999999999999E+6144", "1E-6176"];
        ColumnBuilder column = ColumnBuilder.Create(KustoType.Decimal);
        ColumnBuilder bags = ColumnBuilder.Create(KustoType.Dynamic);
        foreach (string text in texts)
        {
            Assert.True(column.AppendText(Encoding.UTF8.GetBytes(text)));
            bags.AppendObject(DynamicValue.Of([DynamicValue.Of(Parse(text))]));
        }

        column.AppendNull();
        bags.AppendNull();
        using var file = new MemoryStream();
        using (var writer = new RowsWriter(file))
            writer.Write([new RowChunk([column.Build(), bags.Build()], texts.Length + 1)]);

        file.Position = 0;
        using var reader = new RowsReader(file);
        RowChunk chunk = Assert.Single(reader.Read());
        Assert.Equal(file.Length, file.Position);
        for (int row = 0; row < texts.Length; row++)
        {
            Assert.Equal(texts[row], chunk.Columns[0].GetValue(row)!.ToString());
            Assert.Equal($"[\"{texts[row]}\"]", chunk.Columns[1].GetValue(row)!.ToString());
        }

        Assert.True(chunk.Columns[0].IsNull(texts.Length));
    }

    [Fact]
    public void Decimals_of_28_digits_are_read_as_they_were_written()
    {
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(1); // chunks
            writer.Write(2); // rows
            writer.Write(2); // columns
            writer.Write((byte)KustoType.Decimal);
            writer.Write(true);
            writer.Write(2UL); // the second is null
            writer.Write(MemoryMarshal.AsBytes<decimal>([-79228162514264337593543950.335m, 0m]));
            writer.Write((byte)KustoType.Dynamic);
            writer.Write(false);
            writer.Write((byte)DynamicKind.Decimal);
            writer.Write(1.50m);
            writer.Write((byte)DynamicKind.Long);
            writer.Write(7L);
        }

        file.Position = 0;
        using var reader = new RowsReader(file);
        RowChunk chunk = Assert.Single(reader.Read());
        Assert.Equal("-79228162514264337593543950.335", chunk.Columns[0].GetValue(0)!.ToString());
        Assert.True(chunk.Columns[0].IsNull(1));
        Assert.Equal("1.50", chunk.Columns[1].GetValue(0)!.ToString());
        Assert.Equal("7", chunk.Columns[1].GetValue(1)!.ToString());
    }

    private static KustoDecimal Parse(string text)
    {
        Assert.True(KustoDecimal.TryParse(Encoding.UTF8.GetBytes(text), out KustoDecimal value));
        return value;
    }
}
