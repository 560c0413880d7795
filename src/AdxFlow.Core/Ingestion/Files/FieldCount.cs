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
        // Whether a quote would open a field here: at its start, or right behind the quote that closed it, of which it is the double.
        bool mayOpen = true;
        foreach (byte current in record)
        {
            if (current == (byte)'"')
            {
                (inQuotes, mayOpen) = (!inQuotes && mayOpen, inQuotes);
                continue;
            }
            if (current == delimiter && !inQuotes)
                fields++;
            mayOpen = current == delimiter;
        }
        return fields;
    }
}
