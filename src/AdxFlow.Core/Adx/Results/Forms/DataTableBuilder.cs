using System.Data;

namespace AdxFlow.Adx;

/// <summary>
/// Collects a result in a <see cref="DataTable"/> with typed columns; null is <see cref="DBNull"/>, dynamic is its JSON text, datetime is UTC.
/// A decimal column is one of .NET's decimals, until a number comes that those cannot hold: then all of it is text, exact.
/// The rows come from a reader with <see cref="AdxRequestOptions.DynamicAsJson"/>.
/// </summary>
internal sealed class DataTableBuilder
{
    private readonly AdxType[] _types;

    public DataTableBuilder(string name, IReadOnlyList<AdxResultColumn> columns, IReadOnlyList<string> names)
    {
        _types = [.. columns.Select(static column => column.Type)];
        Table = new DataTable(name) { Locale = System.Globalization.CultureInfo.InvariantCulture };
        for (int i = 0; i < _types.Length; i++)
        {
            DataColumn column = Table.Columns.Add(names[i], ClrType(_types[i]));
            if (_types[i] == AdxType.DateTime)
                column.DateTimeMode = DataSetDateTime.Utc;
        }

        Table.BeginLoadData();
    }

    /// <summary>The table, so far.</summary>
    public DataTable Table { get; private set; }

    public void Add(object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (_types[i] == AdxType.Decimal && row[i] is string && Table.Columns[i].DataType != typeof(string))
                Widen(i);
            else if (row[i] is null)
                row[i] = DBNull.Value;
        }

        Table.Rows.Add(row);
    }

    public DataTable Finish()
    {
        Table.EndLoadData();
        Table.AcceptChanges();
        return Table;
    }

    /// <summary>A column that has values cannot change its type; a new table can have another one.</summary>
    private void Widen(int column)
    {
        DataTable wider = Table.Clone();
        wider.Columns[column].DataType = typeof(string);
        wider.BeginLoadData();
        foreach (DataRow row in Table.Rows)
        {
            object?[] values = row.ItemArray;
            if (values[column] is decimal number)
                values[column] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            wider.Rows.Add(values);
        }

        Table.Dispose();
        Table = wider;
    }

    private static Type ClrType(AdxType type) => type switch
    {
        AdxType.Bool => typeof(bool),
        AdxType.Int => typeof(int),
        AdxType.Long => typeof(long),
        AdxType.Real => typeof(double),
        AdxType.Decimal => typeof(decimal),
        AdxType.DateTime => typeof(DateTime),
        AdxType.TimeSpan => typeof(TimeSpan),
        AdxType.Guid => typeof(Guid),
        _ => typeof(string),
    };
}
