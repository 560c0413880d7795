using System.Text.Json;
using AdxFlow.Local.Endpoints;
using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Endpoints.Policies;
using AdxFlow.Local.Persistence.Records;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// Keeps what a database and its tables are, whatever command changed it: it compares what is with what was kept last. Rows are
/// entered here too, so that a table is never kept behind its rows.
/// </summary>
internal sealed class SchemaLog(HostedDatabase database, StateLog log)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, byte[]> _tables = new(StringComparer.Ordinal);
    private byte[] _database = [];

    /// <summary>Keeps what changed since it was last asked.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Keep()
    {
        if (!log.Keeps) return;
        lock (_gate)
        {
            KeepDatabase();
            foreach (Table table in database.Data.Tables.Values)
                Keep(Capture(table));
            foreach (string dropped in _tables.Keys.Where(t => !database.Data.Tables.ContainsKey(t)).ToList())
            {
                log.Append(new TableDroppedRecord(database.Name, dropped));
                _tables.Remove(dropped);
            }
        }
    }

    /// <summary>Enters rows of a table, and with them what the table has become.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Append(Table table, RowsRecord rows, KeptRows kept)
    {
        if (!log.Keeps) return;
        lock (_gate)
        {
            if (_database.Length == 0) KeepDatabase();
            TableRecord record = Capture(table);
            bool isNew = IsNew(record, _tables.GetValueOrDefault(table.Name, []), out byte[] json);
            log.Append(rows with { Schema = isNew ? record : null }, kept);
            _tables[table.Name] = json;
        }
    }

    /// <summary>Enters that a table has no rows any more.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Clear(Table table) => log.Append(new RowsClearedRecord(database.Name, table.Name));

    /// <summary>Enters that a table has no rows of some extents any more.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Drop(Table table, IEnumerable<Guid> extents) => log.Append(new ExtentsDroppedRecord(database.Name, table.Name, [.. extents]));

    /// <summary>What was restored need not be kept again.</summary>
    public void Assume()
    {
        lock (_gate)
        {
            _database = Bytes(Capture());
            foreach (Table table in database.Data.Tables.Values)
                _tables[table.Name] = Bytes(Capture(table));
        }
    }

    private void KeepDatabase()
    {
        DatabaseRecord record = Capture();
        if (!IsNew(record, _database, out byte[] json)) return;
        log.Append(record);
        _database = json;
    }

    private void Keep(TableRecord record)
    {
        if (!IsNew(record, _tables.GetValueOrDefault(record.Name, []), out byte[] json)) return;
        log.Append(record);
        _tables[record.Name] = json;
    }

    private DatabaseRecord Capture() => new(
        database.Name, database.Id, Roles<DatabaseRole>(database.Access.Members), Mappings(null), Policies(null));

    private TableRecord Capture(Table table) => new(
        database.Name, table.Name, database.TableId(table.Name), [.. table.Columns], table.Folder, table.DocString,
        Roles<TableRole>(role => database.Access.Members(table.Name, role)), Mappings(table.Name), Policies(table.Name));

    private static Dictionary<TRole, RoleAssignment[]> Roles<TRole>(Func<TRole, RoleMembers> members)
        where TRole : struct, Enum => Enum.GetValues<TRole>().ToDictionary(role => role, role => members(role).Assignments.ToArray());

    private MappingState[] Mappings(string? table) =>
        [.. database.Mappings.List(table, null).Select(m => new MappingState(m.Name, m.Definition.Kind, m.Definition.ToJson(), m.UpdatedOn))];

    private Dictionary<string, string> Policies(string? table) => PolicyKind.All
        .Select(kind => (kind.Word, Policy: database.Policies.Find(table, kind)))
        .Where(p => p.Policy is not null)
        .ToDictionary(p => p.Word, p => p.Policy!);

    private static bool IsNew(StateRecord record, byte[] kept, out byte[] json)
    {
        json = Bytes(record);
        return !json.AsSpan().SequenceEqual(kept);
    }

    private static byte[] Bytes(StateRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StateRecord.Json);
}
