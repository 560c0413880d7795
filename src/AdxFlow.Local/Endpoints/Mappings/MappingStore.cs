using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Mappings;

/// <summary>The mappings of a database and of its tables. One name can be there once for each kind and scope.</summary>
internal sealed class MappingStore
{
    private readonly ConcurrentDictionary<(string? Table, MappingKind Kind, string Name), StoredMapping> _mappings = new();

    /// <summary>The mapping of exactly that scope, or null.</summary>
    /// <param name="table">The table, or null for the database.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    public StoredMapping? Find(string? table, MappingKind kind, string name) => _mappings.GetValueOrDefault((table, kind, name));

    /// <summary>The mapping that a table's ingestion means: its own, or else the database's; null for none.</summary>
    public StoredMapping? Resolve(string table, MappingKind kind, string name) => Find(table, kind, name) ?? Find(null, kind, name);

    /// <summary>The mappings of a scope, by kind and name.</summary>
    public IEnumerable<StoredMapping> List(string? table, MappingKind? kind) => _mappings
        .Where(m => m.Key.Table == table && (kind is null || m.Key.Kind == kind))
        .OrderBy(m => m.Key.Kind).ThenBy(m => m.Key.Name, StringComparer.Ordinal)
        .Select(m => m.Value);

    public StoredMapping Set(string? table, string name, MappingDefinition definition) =>
        _mappings[(table, definition.Kind, name)] = new StoredMapping(name, definition, DateTime.UtcNow);

    public void Restore(string? table, StoredMapping mapping) => _mappings[(table, mapping.Definition.Kind, mapping.Name)] = mapping;

    public StoredMapping? Remove(string? table, MappingKind kind, string name) =>
        _mappings.TryRemove((table, kind, name), out StoredMapping? removed) ? removed : null;

    public void RemoveTable(string table)
    {
        foreach ((string? Table, MappingKind Kind, string Name) key in _mappings.Keys)
        {
            if (key.Table == table) _mappings.TryRemove(key, out _);
        }
    }
}
