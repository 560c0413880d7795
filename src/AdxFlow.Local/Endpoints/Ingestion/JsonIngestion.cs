using System.Globalization;
using System.Text;
using System.Text.Json;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>
/// Ingests JSON: by the (case-sensitive) names of the columns, or as a mapping says. In JSON Lines a malformed line is
/// passed over, as the service does; in multi-line JSON it fails the whole.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Ingestion behavior of invalid data".</remarks>
internal sealed class JsonIngestion
{
    private const int MaxDocument = 512 * 1024 * 1024;

    private readonly TableAppender _appender;
    private readonly IngestionMapping? _mapping;
    private readonly byte[][] _names;
    private long _records;
    private bool _isCutOff;

    private JsonIngestion(TableAppender appender, IngestionMapping? mapping)
    {
        _appender = appender;
        _mapping = mapping;
        _names = [.. appender.Columns.Select(c => Encoding.UTF8.GetBytes(c.Name))];
    }

    public static long AppendLines(Stream source, IngestionProperties properties, IngestionMapping? mapping, TableAppender appender)
    {
        var ingestion = new JsonIngestion(appender, mapping);
        var lines = new LineReader(source);
        bool skip = properties.IgnoreFirstRecord;
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            if (line.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (skip)
            {
                skip = false;
                ingestion._records++;
                continue;
            }

            ingestion.AppendLine(line.Span);
        }

        return lines.BytesRead;
    }

    public static long AppendMultiLine(Stream source, IngestionProperties properties, IngestionMapping? mapping, TableAppender appender)
    {
        var ingestion = new JsonIngestion(appender, mapping);
        var buffer = new MemoryStream();
        var bounded = new BoundedStream(source, MaxDocument);
        try
        {
            bounded.CopyTo(buffer);
        }
        catch (ServiceException)
        {
            throw new IngestionException("Stream_InputStreamTooLarge", $"Multi-line JSON of more than {MaxDocument} bytes is more than the local stand-in reads at once.");
        }

        ReadOnlySpan<byte> text = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        try
        {
            bool skip = properties.IgnoreFirstRecord;
            bool isArray = text.TrimStart(" \t\r\n"u8).StartsWith("["u8);
            if (isArray) text = text.Trim(" \t\r\n"u8);
            if (properties.Format == DataFormat.SingleJson)
                ingestion.AppendSingle(text);
            else if (isArray)
                ingestion.AppendArray(text, skip);
            else
                ingestion.AppendSequence(text, skip);
        }
        catch (JsonException) when (ingestion._isCutOff && properties.IgnoreLastRecordIfInvalid)
        {
            appender.DiscardRow();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new IngestionException("BadRequest_InvalidBlob", "The JSON is malformed: " + e.Message);
        }

        return buffer.Length;
    }

    private void AppendLine(ReadOnlySpan<byte> line)
    {
        _records++;
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return;
            AppendRecord(line, ref reader);

            // What follows the record must be nothing.
            reader.Read();
            _appender.EndRow();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            _appender.DiscardRow();
        }
    }

    private void AppendArray(ReadOnlySpan<byte> text, bool skip)
    {
        // Without a final block the reader tells data that ends too early from data that is wrong.
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            AppendDocument(text, ref reader, ref skip);
        if (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth > 0) throw CutOff();
        if (reader.BytesConsumed < text.Length) throw new JsonException("Something follows the array of records.");
    }

    private void AppendSequence(ReadOnlySpan<byte> text, bool skip)
    {
        while (!(text = text.TrimStart(" \t\r\n"u8)).IsEmpty)
        {
            // Without a final block the reader stops behind one value and does not mind what follows.
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            if (!reader.Read()) throw CutOff();
            AppendDocument(text, ref reader, ref skip);
            text = text[(int)reader.BytesConsumed..];
        }
    }

    /// <summary>Appends one record, which is all there may be.</summary>
    private void AppendSingle(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty) return;
        bool skip = false;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        if (!reader.Read()) throw CutOff();
        AppendDocument(text, ref reader, ref skip);
        if (reader.BytesConsumed < text.Length) throw new JsonException("Something follows the one record.");
    }

    private JsonException CutOff()
    {
        _isCutOff = true;
        return new JsonException("The data ends within a record.");
    }

    private void AppendDocument(ReadOnlySpan<byte> text, ref Utf8JsonReader reader, ref bool skip)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A record must be an object.");
        int start = (int)reader.TokenStartIndex;
        Utf8JsonReader ahead = reader;
        if (!ahead.TrySkip()) throw CutOff();
        ReadOnlySpan<byte> record = text[start..(int)ahead.BytesConsumed];
        _records++;
        if (!skip)
        {
            var inner = new Utf8JsonReader(record);
            inner.Read();
            AppendRecord(record, ref inner);
            _appender.EndRow();
        }

        skip = false;
        reader = ahead;
    }

    /// <summary>Appends the cells of the object at which the reader stands, and leaves it at its end.</summary>
    private void AppendRecord(ReadOnlySpan<byte> record, ref Utf8JsonReader reader)
    {
        if (_mapping is null)
        {
            AppendByName(record, ref reader);
            return;
        }

        foreach (IngestionMapping.Element element in _mapping.Elements)
        {
            if (_appender.HasCell(element.Column)) continue;
            if (element.Constant is not null)
            {
                _appender.AppendText(element.Column, element.Constant);
                continue;
            }

            if (element.Transform == MappingTransform.SourceLineNumber)
            {
                _appender.AppendText(element.Column, Encoding.UTF8.GetBytes(_records.ToString(CultureInfo.InvariantCulture)));
                continue;
            }

            var search = new Utf8JsonReader(record);
            search.Read();
            if (!element.Path!.TrySeek(ref search)) continue;
            if (record.Length > IngestedCell.MaxBytes && element.Transform == MappingTransform.None)
                IngestedCell.AppendJson(_appender, element.Column, ref search);
            else
                ValueTransform.AppendJson(_appender, element, ref search);
        }

        reader.Skip();
    }

    private void AppendByName(ReadOnlySpan<byte> record, ref Utf8JsonReader reader)
    {
        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = Find(ref reader, next);
            reader.Read();
            if (column < 0 || _appender.HasCell(column))
            {
                reader.Skip();
                continue;
            }

            if (record.Length > IngestedCell.MaxBytes)
                IngestedCell.AppendJson(_appender, column, ref reader);
            else
                _appender.AppendJson(column, ref reader);
            next = column + 1;
        }
    }

    /// <summary>The column of the property at which the reader stands; most often the one after the last.</summary>
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            int column = (expected + i) % _names.Length;
            if (reader.ValueTextEquals(_names[column])) return column;
        }

        return -1;
    }
}
