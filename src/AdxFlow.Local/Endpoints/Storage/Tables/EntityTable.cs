using System.Text.Json.Nodes;

using AdxFlow.Local.Persistence;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Storage.Tables;

/// <summary>A table of entities, by partition key and row key. Of too many, the latest are kept.</summary>
internal sealed class EntityTable(string name, StateLog log)
{
    private const int Kept = 100_000;

    private readonly object _gate = new();
    private readonly Dictionary<(string Partition, string Row), JsonObject> _entities = [];
    private readonly Queue<(string Partition, string Row)> _order = new();

    public string Name => name;

    /// <summary>A copy of an entity, or null.</summary>
    public JsonObject? Find(string partition, string row)
    {
        lock (_gate)
            return _entities.TryGetValue((partition, row), out JsonObject? entity) ? (JsonObject)entity.DeepClone() : null;
    }

    /// <summary>Adds an entity; false where there is one of these keys.</summary>
    public bool Insert(string partition, string row, JsonObject properties)
    {
        lock (_gate)
        {
            if (_entities.ContainsKey((partition, row))) return false;
            Set(partition, row, properties);
            return true;
        }
    }

    /// <summary>Replaces an entity, or adds it.</summary>
    public void Replace(string partition, string row, JsonObject properties)
    {
        lock (_gate)
            Set(partition, row, properties);
    }

    /// <summary>Sets properties of an entity and leaves its others, or adds it.</summary>
    public void Merge(string partition, string row, JsonObject properties)
    {
        lock (_gate)
        {
            JsonObject merged = _entities.TryGetValue((partition, row), out JsonObject? entity) ? (JsonObject)entity.DeepClone() : [];
            foreach ((string property, JsonNode? value) in properties)
                merged[property] = value?.DeepClone();
            Set(partition, row, merged);
        }
    }

    public bool Delete(string partition, string row)
    {
        lock (_gate)
        {
            if (!_entities.ContainsKey((partition, row))) return false;
            log.Append(new EntityRecord(partition, row, null));
            return _entities.Remove((partition, row));
        }
    }

    /// <summary>Brings back an entity of an earlier process.</summary>
    public void Restore(EntityRecord record)
    {
        lock (_gate)
            Enter(record.Partition, record.Row, (JsonObject)JsonNode.Parse(record.Entity!)!);
    }

    private void Set(string partition, string row, JsonObject properties)
    {
        var entity = (JsonObject)properties.DeepClone();
        entity["PartitionKey"] = partition;
        entity["RowKey"] = row;
        entity["Timestamp"] = JsonValue.Create(DateTime.UtcNow);
        log.Append(new EntityRecord(partition, row, entity.ToJsonString()));
        Enter(partition, row, entity);
    }

    private void Enter(string partition, string row, JsonObject entity)
    {
        if (_entities.TryAdd((partition, row), entity))
        {
            _order.Enqueue((partition, row));
            if (_order.Count > Kept) Forget(_order.Dequeue());
        }
        else
        {
            _entities[(partition, row)] = entity;
        }
    }

    private void Forget((string Partition, string Row) key)
    {
        if (_entities.Remove(key)) log.Append(new EntityRecord(key.Partition, key.Row, null));
    }
}
