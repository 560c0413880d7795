using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>A table as a journal tells it: what it is, and where its rows are.</summary>
internal sealed class TableImage(TableRecord table)
{
    public TableRecord Table { get; private set; } = table;

    public List<(RowsRecord Record, byte[] Inline)> Rows { get; } = [];

    public void Drop(IReadOnlyCollection<Guid> extents) => Rows.RemoveAll(r => extents.Contains(r.Record.ExtentId));

    public void Become(TableRecord next)
    {
        if (next.Id != Table.Id) Rows.Clear();
        Table = next;
    }
}
