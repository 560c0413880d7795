using System.Collections.Concurrent;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Mappings;
using AdxFlow.Local.Endpoints.Policies;
using AdxFlow.Local.Persistence;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints;

/// <summary>A database as the endpoints see it: its tables, who may do what, and the tags of what was ingested.</summary>
internal sealed class HostedDatabase
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _tags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Guid> _tableIds = new(StringComparer.Ordinal);

    /// <param name="name">The name.</param>
    /// <param name="log">Keeps what changes.</param>
    /// <param name="id">The id; null for a new one.</param>
    public HostedDatabase(string name, StateLog log, Guid? id = null)
    {
        Name = name;
        Id = id ?? Guid.NewGuid();
        Data = new Database(name);
        Access = new AccessControl(name);
        Log = log;
        Schema = new SchemaLog(this, log);
    }

    public string Name { get; }

    public Guid Id { get; }

    public Database Data { get; }

    public AccessControl Access { get; }

    /// <summary>Keeps rows.</summary>
    public StateLog Log { get; }

    /// <summary>Keeps what the database and its tables are.</summary>
    public SchemaLog Schema { get; }

    public PolicyStore Policies { get; } = new();

    public MappingStore Mappings { get; } = new();

    /// <summary>Held while the set of tables or the schema of one changes.</summary>
    public object SchemaGate { get; } = new();

    /// <summary>The table of that (case-sensitive) name.</summary>
    /// <exception cref="ServiceException">There is none.</exception>
    public Table Table(string table) => Data.Tables.TryGetValue(table, out Table? found) ? found : throw ServiceException.TableNotFound(table);

    /// <summary>An identity that stays with the table until it is dropped.</summary>
    public Guid TableId(string table) => _tableIds.GetOrAdd(table, _ => Guid.NewGuid());

    public void RestoreTableId(string table, Guid id) => _tableIds[table] = id;

    public bool HasTag(string table, string tag) => _tags.TryGetValue(table, out ConcurrentDictionary<string, byte>? tags) && tags.ContainsKey(tag);

    public void AddTags(string table, IEnumerable<string> tags)
    {
        ConcurrentDictionary<string, byte> known = _tags.GetOrAdd(table, _ => new ConcurrentDictionary<string, byte>(StringComparer.Ordinal));
        foreach (string tag in tags)
            known.TryAdd(tag, 0);
    }

    /// <summary>Forgets the tags of the data of a table, which is gone.</summary>
    public void ClearTags(string table) => _tags.TryRemove(table, out _);

    /// <summary>Drops extents of a table, with the gate of the schema held. Their tags are free again, unless others have them too.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void DropExtents(Table table, IReadOnlySet<Guid> ids)
    {
        Schema.Drop(table, ids);
        table.Drop(ids);
        ClearTags(table.Name);
        AddTags(table.Name, table.Extents.SelectMany(e => e.Tags));
    }

    public void RemoveTable(string table)
    {
        Data.Tables.TryRemove(table, out _);
        Access.RemoveTable(table);
        Policies.RemoveTable(table);
        Mappings.RemoveTable(table);
        ClearTags(table);
        _tableIds.TryRemove(table, out _);
    }
}
