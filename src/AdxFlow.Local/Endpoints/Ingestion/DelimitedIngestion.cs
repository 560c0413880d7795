using System.Globalization;
using System.Text;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Ingests records of text: by order, or as a mapping says.</summary>
internal static class DelimitedIngestion
{
    /// <summary>What a string column takes of a value at most; the rest is cut, as the service does.</summary>
    private const int MaxStringBytes = IngestedCell.MaxBytes;

    public static long Append(Stream source, IngestionProperties properties, IngestionMapping? mapping, TableAppender appender)
    {
        IRecordReader reader = properties.Format switch
        {
            DataFormat.Tsve => new EscapedReader(source),
            DataFormat.Txt => new TextLineReader(source),
            DataFormat.Raw => new WholeTextReader(source),
            _ => new DelimitedReader(source, DataFormats.Delimiter(properties.Format)),
        };
        int expected = -1;
        bool skip = properties.IgnoreFirstRecord;
        while (Read(reader, properties))
        {
            if (expected < 0) expected = reader.FieldCount;
            if (properties.RequiresConstantColumns && reader.FieldCount != expected)
                throw new IngestionException("Stream_WrongNumberOfFields", $"Record {reader.Records} has {reader.FieldCount} fields where the first has {expected}: failing per ValidationOptions policy.");
            if (skip)
            {
                skip = false;
                continue;
            }

            if (mapping is null)
                AppendByOrder(reader, appender);
            else
                AppendMapped(reader, mapping, appender);
            appender.EndRow();
        }

        return reader.BytesRead;
    }

    /// <summary>Goes to the next record; one that the end of the data cuts off counts as the end, if that is asked for.</summary>
    private static bool Read(IRecordReader reader, IngestionProperties properties)
    {
        try
        {
            return reader.Read();
        }
        catch (IngestionException e) when (properties.IgnoreLastRecordIfInvalid && e.Code == "Stream_ClosingQuoteMissing")
        {
            return false;
        }
    }

    private static void AppendByOrder(IRecordReader reader, TableAppender appender)
    {
        int count = Math.Min(reader.FieldCount, appender.Columns.Count);
        for (int i = 0; i < count; i++)
            AppendCell(appender, i, reader.Value(i));
    }

    private static void AppendMapped(IRecordReader reader, IngestionMapping mapping, TableAppender appender)
    {
        foreach (IngestionMapping.Element element in mapping.Elements)
        {
            if (appender.HasCell(element.Column)) continue;
            if (element.Constant is not null)
                AppendCell(appender, element.Column, element.Constant);
            else if (element.Transform == MappingTransform.SourceLineNumber)
                appender.AppendText(element.Column, Encoding.UTF8.GetBytes(reader.Records.ToString(CultureInfo.InvariantCulture)));
            else if (element.Ordinal >= reader.FieldCount)
                continue;
            else if (element.Transform == MappingTransform.None)
                AppendCell(appender, element.Column, reader.Value(element.Ordinal));
            else
                ValueTransform.AppendUnixTime(appender, element, reader.Value(element.Ordinal));
        }
    }

    private static void AppendCell(TableAppender appender, int column, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxStringBytes)
            IngestedCell.AppendText(appender, column, value);
        else
            appender.AppendText(column, value);
    }
}
