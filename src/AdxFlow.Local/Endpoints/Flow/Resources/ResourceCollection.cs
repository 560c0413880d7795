namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>The resources of one kind in a sandbox.</summary>
/// <param name="name">As in paths, such as <c>sourceConnections</c>.</param>
internal sealed class ResourceCollection(string name)
{
    private readonly Dictionary<string, FlowResource> _items = new(StringComparer.OrdinalIgnoreCase);

    public string Name => name;

    public IEnumerable<FlowResource> Items => _items.Values;

    public FlowResource? Find(string id) => _items.GetValueOrDefault(id);

    /// <exception cref="FlowException">There is none.</exception>
    public FlowResource Get(string id) => Find(id) ?? throw FlowException.NotFound(name, id);

    public void Add(FlowResource resource) => _items.Add(resource.Id, resource);

    public void Remove(FlowResource resource) => _items.Remove(resource.Id);
}
