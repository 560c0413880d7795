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
        if (properties is { Format: not (DataFormat.Tsve or DataFormat.Txt or DataFormat.Raw), RequiresConstantColumns: false }
            && Ordinals(mapping, appender) is { } ordinals)
            return AppendBlocks(source, properties, ordinals, appender);
        return AppendRows(source, properties, mapping, appender);
    }

    /// <summary>Column by column: the way of nearly all data.</summary>
    private static long AppendBlocks(Stream source, IngestionProperties properties, int[] ordinals, TableAppender appender)
    {
        var reader = new DelimitedReader(source, DataFormats.Delimiter(properties.Format));
        if (properties.IgnoreFirstRecord && !Read(reader, properties)) return reader.BytesRead;
        while (TryReadBlock(reader, properties, appender.Room, out RecordBlock records))
        {
            if (records.Longest <= MaxStringBytes)
                appender.AppendRecords(records, ordinals);
            else
                AppendLong(records, ordinals, appender);
        }

        return reader.BytesRead;
    }

    private static void AppendLong(RecordBlock records, int[] ordinals, TableAppender appender)
    {
        for (int record = 0; record < records.Count; record++)
        {
            for (int column = 0; column < ordinals.Length; column++)
            {
                if (ordinals[column] >= 0) AppendCell(appender, column, records.Field(record, ordinals[column]));
            }

            appender.EndRow();
        }
    }

    /// <summary>The field of each column, or -1 for none; null where a mapping says more than that.</summary>
    private static int[]? Ordinals(IngestionMapping? mapping, TableAppender appender)
    {
        if (mapping is null) return [.. Enumerable.Range(0, appender.Columns.Count)];
        int[] ordinals = new int[appender.Columns.Count];
        Array.Fill(ordinals, -1);
        foreach (IngestionMapping.Element element in mapping.Elements)
        {
            if (element is not { Constant: null, Transform: MappingTransform.None, Ordinal: >= 0 } || ordinals[element.Column] >= 0) return null;
            ordinals[element.Column] = element.Ordinal;
        }

        return ordinals;
    }

    private static long AppendRows(Stream source, IngestionProperties properties, IngestionMapping? mapping, TableAppender appender)
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
        catch (IngestionException e) when (IsEnd(e, properties))
        {
            return false;
        }
    }

    private static bool TryReadBlock(DelimitedReader reader, IngestionProperties properties, int most, out RecordBlock records)
    {
        try
        {
            return reader.TryReadBlock(most, out records);
        }
        catch (IngestionException e) when (IsEnd(e, properties))
        {
            records = new RecordBlock();
            return false;
        }
    }

    private static bool IsEnd(IngestionException error, IngestionProperties properties) =>
        properties.IgnoreLastRecordIfInvalid && error.Code == "Stream_ClosingQuoteMissing";

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
