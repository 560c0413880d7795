namespace AdxFlow.Ingestion.Files;

/// <summary>Counts the fields of one record.</summary>
internal static class FieldCount
{
    /// <summary>The number of fields, or 0 for formats without any.</summary>
    public static int Of(ReadOnlySpan<byte> record, AdxDataFormat format)
    {
        if (DataFormats.Delimiter(format) is not { } delimiter)
            return 0;
        int fields = 1;
        bool inQuotes = false;
        byte previous = delimiter;
        foreach (byte current in record)
        {
            if (current == (byte)'"')
                inQuotes = !inQuotes && (previous == delimiter || previous == (byte)'"');
            else if (current == delimiter && !inQuotes)
                fields++;
            previous = current;
        }
        return fields;
    }
}
