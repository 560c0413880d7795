using System.Data;
using System.Data.Common;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>Reads a data reader's rows by ordinal, matched to the columns by name.</summary>
internal sealed class DataReaderRows
{
    private readonly IDataReader _reader;
    private readonly IReadOnlyList<AdxColumn> _columns;
    private readonly int[] _ordinals;
    private readonly bool[] _isTooWide;

    public DataReaderRows(IDataReader reader, IReadOnlyList<AdxColumn> columns)
    {
        _reader = reader;
        _columns = columns;
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var found = new ColumnNames(columns);
        _ordinals = [.. columns.Select((column, index) => Array.IndexOf(names, column.Name) is >= 0 and var same ? same : Array.FindIndex(names, name => found.Takes(index, name)))];
        _isTooWide = new bool[names.Length];
        Unknown = [.. names.Where(name => !columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        if (Array.TrueForAll(_ordinals, static ordinal => ordinal < 0))
            throw new AdxException("AdxReaderHasNoColumns", AdxErrorKind.InvalidData, $"The reader has none of the table's columns. It has: {string.Join(", ", names)}.")
            {
                RecommendedAction = "Rename the fields in the query, as in: select id as Id.",
            };
    }

    /// <summary>Fields that the table has no column for.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The columns of a table that takes all the reader gives.</summary>
    public static IReadOnlyList<AdxColumn> Columns(IDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(ordinal => new AdxColumn(reader.GetName(ordinal), ColumnInference.FromType(reader.GetFieldType(ordinal)) ?? AdxType.Dynamic))];

    /// <summary>Begins a row with the reader's next one; false at the end.</summary>
    public bool Read(RowIntake rows)
    {
        if (!_reader.Read())
            return false;
        Span<object?> cells = rows.BeginRow();
        for (int column = 0; column < cells.Length; column++)
        {
            int ordinal = _ordinals[column];
            cells[column] = ordinal < 0 ? null : CellValue.From(Value(ordinal), _columns[column].Type);
        }
        return true;
    }

    /// <summary>A decimal of SQL Server has up to 38 digits: where .NET's is too narrow, the provider's own type holds it.</summary>
    private object Value(int ordinal)
    {
        if (!_isTooWide[ordinal])
        {
            try
            {
                return _reader.GetValue(ordinal);
            }
            catch (OverflowException) when (_reader is DbDataReader)
            {
                _isTooWide[ordinal] = true;
            }
        }

        return ((DbDataReader)_reader).GetProviderSpecificValue(ordinal);
    }
}
