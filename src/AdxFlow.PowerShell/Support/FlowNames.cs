namespace AdxFlow.PowerShell.Support;

/// <summary>Ids and names that a runspace has seen in Experience Platform, by organization and sandbox: what completion offers without asking the network.</summary>
internal sealed class FlowNames
{
    private readonly Dictionary<(string Organization, string Sandbox, FlowEntity Entity), SortedDictionary<string, string>> _names = [];
    private readonly Dictionary<(string Organization, string Sandbox, string ConnectionId), SortedSet<string>> _tables = [];
    private readonly SortedSet<string> _sandboxes = new(StringComparer.Ordinal);

    public IEnumerable<string> Sandboxes => _sandboxes;

    public void RememberSandbox(FlowSandbox sandbox) => _sandboxes.Add(sandbox.Name);

    public void Remember(FlowSession session, FlowEntity entity, string id, string? name)
    {
        var key = (session.OrganizationId, session.Sandbox, entity);
        if (!_names.TryGetValue(key, out SortedDictionary<string, string>? names))
            _names[key] = names = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        names[id] = name ?? string.Empty;
    }

    public void Forget(FlowSession session, FlowEntity entity, string id)
    {
        if (_names.TryGetValue((session.OrganizationId, session.Sandbox, entity), out SortedDictionary<string, string>? names))
            names.Remove(id);
    }

    /// <summary>Ids with their names, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(FlowSession session, FlowEntity entity) =>
        _names.TryGetValue((session.OrganizationId, session.Sandbox, entity), out SortedDictionary<string, string>? names)
            ? names.OrderBy(static known => known.Value, StringComparer.OrdinalIgnoreCase)
            : [];

    public void RememberTable(FlowSession session, string connectionId, string table)
    {
        var key = (session.OrganizationId, session.Sandbox, connectionId);
        if (!_tables.TryGetValue(key, out SortedSet<string>? tables))
            _tables[key] = tables = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        tables.Add(table);
    }

    /// <summary>Tables seen in a connection, or in all where none is named.</summary>
    public IEnumerable<string> Tables(FlowSession session, string? connectionId) => _tables
        .Where(known => known.Key.Organization == session.OrganizationId && known.Key.Sandbox == session.Sandbox && (connectionId is null || known.Key.ConnectionId == connectionId))
        .SelectMany(static known => known.Value).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}
