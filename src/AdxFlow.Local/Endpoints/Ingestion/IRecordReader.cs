namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>Reads records of text, field by field, as UTF-8 bytes.</summary>
internal interface IRecordReader
{
    /// <summary>The number of records read.</summary>
    long Records { get; }

    /// <summary>The number of fields of the current record.</summary>
    int FieldCount { get; }

    /// <summary>Bytes read from the source.</summary>
    long BytesRead { get; }

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="IngestionException">The data is malformed, or a record is too large.</exception>
    bool Read();

    /// <summary>The text of a field of the current record; valid until the next call.</summary>
    ReadOnlySpan<byte> Value(int index);
}
