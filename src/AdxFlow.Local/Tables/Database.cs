using System.Collections.Concurrent;

namespace AdxFlow.Local.Tables;

/// <summary>A database: named tables. Table names are case-sensitive.</summary>
internal sealed class Database
{
    public Database(string name) => Name = name;

    public string Name { get; }

    public ConcurrentDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);
}
