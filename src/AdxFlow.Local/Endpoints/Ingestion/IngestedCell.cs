using System.Text;
using System.Text.Json;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Appends cells as large as they may be: of a string the first megabyte is taken, a larger dynamic value becomes null.</summary>
/// <remarks>Source: Microsoft Learn, "Ingestion behavior of invalid data".</remarks>
internal static class IngestedCell
{
    /// <summary>The most bytes of a cell.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static void AppendText(TableAppender appender, int column, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxBytes)
        {
            switch (appender.Columns[column].Type)
            {
                case KustoType.String:
                    value = value[..CutOf(value)];
                    break;
                case KustoType.Dynamic:
                    appender.AppendNull(column);
                    return;
            }
        }

        appender.AppendText(column, value);
    }

    /// <summary>Appends the JSON value at which the reader stands and leaves the reader at its last token.</summary>
    public static void AppendJson(TableAppender appender, int column, ref Utf8JsonReader reader)
    {
        KustoType type = appender.Columns[column].Type;
        if (type is not (KustoType.String or KustoType.Dynamic) || LengthOf(reader) <= MaxBytes)
        {
            appender.AppendJson(column, ref reader);
        }
        else if (type == KustoType.Dynamic)
        {
            reader.Skip();
            appender.AppendNull(column);
        }
        else
        {
            string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : DynamicValue.FromReader(ref reader)!.ToJson();
            AppendText(appender, column, Encoding.UTF8.GetBytes(text));
        }
    }

    // No character is cut in two.
    private static int CutOf(ReadOnlySpan<byte> value)
    {
        int cut = MaxBytes;
        while (cut > 0 && (value[cut] & 0xC0) == 0x80)
            cut--;
        return cut;
    }

    private static long LengthOf(Utf8JsonReader reader)
    {
        long start = reader.TokenStartIndex;
        reader.Skip();
        return reader.BytesConsumed - start;
    }
}
