using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>
/// Writes rows to a table, cell by cell; nobody sees them before <see cref="Commit"/>. One thread at a time. Cells of a
/// row may come in any order; those that do not come are null, and of two for one column the later counts. The columns are those the table had when it was made.
/// </summary>
internal sealed class TableAppender
{
    // What is left is for those who ask and are answered meanwhile.
    private const double MemoryShare = 0.8;

    private readonly Table _table;
    private readonly Column[] _columns;
    private readonly List<RowChunk> _chunks = [];
    private ColumnBuilder[] _builders;
    private int _rows;

    internal TableAppender(Table table, Column[] columns)
    {
        _table = table;
        _columns = columns;
        _builders = NewBuilders();
    }

    /// <summary>The columns, by whose ordinals cells are appended.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Finished rows that are not committed yet.</summary>
    public long PendingRows { get; private set; }

    /// <summary>How many rows <see cref="AppendRecords"/> takes at the moment.</summary>
    public int Room => RowChunk.MaxRows - _rows;

    /// <summary>Appends a cell of a text format (UTF-8). Empty is null, or "" for string. False where it does not fit the
    /// column's type; the cell is null then, as in ADX.</summary>
    public bool AppendText(int column, ReadOnlySpan<byte> utf8) => Cell(column).AppendText(utf8);

    /// <summary>Appends the JSON value at which the reader stands and leaves the reader at its last token. False where it
    /// does not fit the column's type; the cell is null then.</summary>
    public bool AppendJson(int column, ref Utf8JsonReader reader) => Cell(column).AppendJson(ref reader);

    /// <summary>Appends a null, or "" for string.</summary>
    public void AppendNull(int column) => Cell(column).AppendNull();

    /// <summary>True where the current row has a cell in the column.</summary>
    public bool HasCell(int column) => _builders[column].Count > _rows;

    /// <summary>Appends whole rows, no more than there is <see cref="Room"/> for.</summary>
    /// <param name="records">The records, one a row.</param>
    /// <param name="ordinals">For each column its field, or -1 for none.</param>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for the rows that nobody sees yet.</exception>
    public void AppendRecords(RecordBlock records, ReadOnlySpan<int> ordinals)
    {
        bool isFull = false;
        for (int column = 0; column < _builders.Length; column++)
        {
            ColumnBuilder builder = _builders[column];
            builder.AppendFields(records, ordinals[column] < 0 ? int.MaxValue : ordinals[column]);
            isFull |= builder.IsFull;
        }

        _rows += records.Count;
        PendingRows += records.Count;
        if (isFull || _rows == RowChunk.MaxRows) Seal();
    }

    /// <summary>Finishes the row.</summary>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for the rows that nobody sees yet.</exception>
    public void EndRow()
    {
        _rows++;
        bool isFull = false;
        foreach (ColumnBuilder builder in _builders)
        {
            if (builder.Count < _rows) builder.AppendNull();
            isFull |= builder.IsFull;
        }

        PendingRows++;
        if (isFull || _rows == RowChunk.MaxRows) Seal();
    }

    /// <summary>Drops the cells of the row that was begun and not ended.</summary>
    public void DiscardRow()
    {
        foreach (ColumnBuilder builder in _builders)
            builder.Truncate(_rows);
    }

    /// <summary>Drops everything since the last commit.</summary>
    public void Rollback()
    {
        _chunks.Clear();
        _builders = NewBuilders();
        _rows = 0;
        PendingRows = 0;
    }

    /// <summary>Makes all finished rows visible at once; a row that was begun is dropped.</summary>
    /// <param name="originalSize">Bytes of the data before compression, for <see cref="Table.OriginalSize"/>.</param>
    public void Commit(long originalSize)
    {
        IReadOnlyList<RowChunk> chunks = TakeChunks();
        _table.Publish(chunks, Extent.Create(chunks.Sum(c => (long)c.Count), originalSize));
    }

    /// <summary>Takes all finished rows out, for <see cref="Table.Publish"/>; a row that was begun is dropped.</summary>
    public IReadOnlyList<RowChunk> TakeChunks()
    {
        DiscardRow();
        if (_rows > 0) Seal();
        RowChunk[] chunks = [.. _chunks];
        Rollback();
        return chunks;
    }

    private ColumnBuilder Cell(int column)
    {
        ColumnBuilder builder = _builders[column];
        if (builder.Count > _rows) builder.Truncate(_rows);
        return builder;
    }

    /// <summary>Data that is little when compressed can be more rows than there is memory for.</summary>
    private static void DemandMemory()
    {
        double most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * MemoryShare;
        if (GC.GetTotalMemory(forceFullCollection: false) > most && GC.GetTotalMemory(forceFullCollection: true) > most)
            throw new InsufficientMemoryException("There is not enough memory for the rows.");
    }

    private void Seal()
    {
        DemandMemory();
        _chunks.Add(new RowChunk(Array.ConvertAll(_builders, b => b.Build()), _rows));
        _rows = 0;
    }

    private ColumnBuilder[] NewBuilders() => Array.ConvertAll(_columns, c => ColumnBuilder.Create(c.Type));
}
