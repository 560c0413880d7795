namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>The datasets of a sandbox.</summary>
internal sealed class DataSetCollection
{
    private readonly Dictionary<string, DataSet> _items = new(StringComparer.Ordinal);

    public IEnumerable<DataSet> Items => _items.Values;

    public DataSet? Find(string? id) => id is null ? null : _items.GetValueOrDefault(id);

    public void Add(DataSet dataSet) => _items.Add(dataSet.Id, dataSet);

    public void Remove(DataSet dataSet) => _items.Remove(dataSet.Id);
}
