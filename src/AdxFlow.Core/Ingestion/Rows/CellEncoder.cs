namespace AdxFlow.Ingestion.Rows;

/// <summary>Writes one value as a CSV field; false, with nothing written, when the value does not fit the column's type.</summary>
internal delegate bool CellEncoder(object value, Utf8Buffer buffer);

/// <summary>Which encoder serves which type of column.</summary>
internal static class CellEncoders
{
    public static CellEncoder For(AdxType type) => type switch
    {
        AdxType.Bool => NumberCells.Bool,
        AdxType.Int => NumberCells.Int,
        AdxType.Long => NumberCells.Long,
        AdxType.Real => NumberCells.Real,
        AdxType.Decimal => NumberCells.Decimal,
        AdxType.DateTime => TimeCells.DateTime,
        AdxType.TimeSpan => TimeCells.TimeSpan,
        AdxType.Guid => TextCells.Guid,
        AdxType.Dynamic => TextCells.Dynamic,
        _ => TextCells.String,
    };

    /// <summary>For a column whose type could not be read: each value in its own type's form, which ADX converts.</summary>
    public static CellEncoder ForUnknownType { get; } = static (value, buffer) => value switch
    {
        bool => NumberCells.Bool(value, buffer),
        double or float => NumberCells.Real(value, buffer),
        decimal => NumberCells.Decimal(value, buffer),
        sbyte or byte or short or ushort or int or uint or long => NumberCells.Long(value, buffer),
        System.DateTime or DateTimeOffset => TimeCells.DateTime(value, buffer),
        System.TimeSpan => TimeCells.TimeSpan(value, buffer),
        _ => TextCells.String(value, buffer),
    };
}
