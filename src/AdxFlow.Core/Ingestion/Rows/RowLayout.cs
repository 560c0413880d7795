namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// Which field of a row is which cell. By default they are the same. Where rows go to columns by their place in the table, there
/// is a field for every column of it, in the table's order, and those without a cell stay empty.
/// </summary>
internal sealed class RowLayout
{
    private readonly int[] _cells;

    private RowLayout(int[] cells) => _cells = cells;

    public int Fields => _cells.Length;

    /// <summary>The cell of a field; -1 for none.</summary>
    public int Cell(int field) => _cells[field];

    /// <summary>The field of a cell.</summary>
    public int Field(int cell) => Array.IndexOf(_cells, cell);

    /// <summary>The cells one after the other.</summary>
    public static RowLayout InOrder(int cells) => new([.. Enumerable.Range(0, cells)]);

    /// <summary>The places in the table; null where it does not have one of the columns.</summary>
    public static RowLayout? ByPlace(IReadOnlyList<AdxColumn> table, IReadOnlyList<AdxColumn> columns)
    {
        int[] cells = new int[table.Count];
        Array.Fill(cells, -1);
        for (int cell = 0; cell < columns.Count; cell++)
        {
            int field = 0;
            while (field < table.Count && table[field].Name != columns[cell].Name)
                field++;
            if (field == table.Count)
                return null;
            cells[field] = cell;
        }
        return new RowLayout(cells);
    }
}
