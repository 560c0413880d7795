using System.Collections.Concurrent;

namespace AdxFlow.Local.Tables;

/// <summary>A database: named tables. Table names are case-sensitive.</summary>
internal sealed class Database
{
    public Database(string name) => Name = name;

    public string Name { get; }

    public ConcurrentDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>Held while the set of tables, the schema of one, or rows of one change.</summary>
    public object Gate { get; } = new();

    /// <summary>All tables as they are now, whatever becomes of them: rows that came one after the other are not seen the other way round.</summary>
    public Database Snapshot()
    {
        var snapshot = new Database(Name);
        lock (Gate)
        {
            foreach ((string name, Table table) in Tables)
                snapshot.Tables[name] = table.Copy();
        }

        return snapshot;
    }
}
