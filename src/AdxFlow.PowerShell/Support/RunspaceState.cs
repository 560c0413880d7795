using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace AdxFlow.PowerShell.Support;

/// <summary>
/// What one runspace remembers: its default connection, what it has sent, names to complete. Per runspace, as
/// ForEach-Object -Parallel, thread jobs and the jobs of an Azure Automation sandbox share one process.
/// </summary>
internal sealed class RunspaceState
{
    // What a long-lived session keeps of its past; older ones are still reached through their own object.
    private const int MostIngestions = 1000;

    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = [];

    private readonly Dictionary<Guid, AdxIngestion> _ingestions = [];
    private readonly Queue<Guid> _order = [];
    private readonly Dictionary<Uri, SortedSet<string>> _databaseNames = [];
    private readonly HashSet<(string Database, string? Table, string Name)> _mappings = [];

    public static RunspaceState Current => States.GetValue(Runspace.DefaultRunspace, static _ => new RunspaceState());

    public AdxConnection? Connection { get; set; }

    /// <summary>The default session with Experience Platform.</summary>
    public FlowSession? Flow { get; set; }

    /// <summary>What was seen in Experience Platform.</summary>
    public FlowNames FlowNames { get; } = new();

    /// <summary>Rows with nested values have come, and their type data was added.</summary>
    public bool KeepsNestedValues { get; set; }

    /// <summary>Table names seen, by database: what completion offers without asking the network.</summary>
    public Dictionary<string, SortedSet<string>> TableNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Principals seen in roles, with their names for people.</summary>
    public SortedDictionary<string, string> Principals { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<AdxIngestion> Ingestions => _order.Select(id => _ingestions[id]);

    public AdxIngestion? FindIngestion(Guid id) => _ingestions.GetValueOrDefault(id);

    public void Remember(AdxIngestion ingestion)
    {
        if (!_ingestions.ContainsKey(ingestion.Id))
        {
            _order.Enqueue(ingestion.Id);
            if (_order.Count > MostIngestions)
                _ingestions.Remove(_order.Dequeue());
        }
        _ingestions[ingestion.Id] = ingestion;
    }

    /// <summary>The databases seen on the cluster of a connection, its own among them.</summary>
    public IEnumerable<string> DatabasesOf(AdxConnection connection) =>
        _databaseNames.GetValueOrDefault(connection.Cluster, []).Append(connection.Database).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);

    public void RememberDatabase(Uri cluster, string database)
    {
        if (!_databaseNames.TryGetValue(cluster, out SortedSet<string>? names))
            _databaseNames[cluster] = names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        names.Add(database);
    }

    public void ForgetTable(string database, string table)
    {
        if (TableNames.TryGetValue(database, out SortedSet<string>? names))
            names.Remove(table);
    }

    public void RememberTable(string database, string table)
    {
        if (!TableNames.TryGetValue(database, out SortedSet<string>? names))
            TableNames[database] = names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        names.Add(table);
    }

    public void RememberPrincipal(AdxRoleAssignment role)
    {
        if (role.PrincipalFqn.Length > 0)
            Principals[role.PrincipalFqn] = role.PrincipalDisplayName;
    }

    /// <summary>Names of mappings seen: those of the database, and of the table if one is given.</summary>
    public IEnumerable<string> MappingNames(string database, string? table) => _mappings
        .Where(mapping => mapping.Database.Equals(database, StringComparison.OrdinalIgnoreCase) && (mapping.Table is null || mapping.Table == table))
        .Select(static mapping => mapping.Name).Distinct().Order(StringComparer.OrdinalIgnoreCase);

    public void RememberMapping(AdxMapping mapping) => _mappings.Add((mapping.Database, mapping.Table, mapping.Name));

    public void ForgetMapping(string database, string? table, string name) =>
        _mappings.RemoveWhere(mapping => mapping.Database.Equals(database, StringComparison.OrdinalIgnoreCase) && mapping.Table == table && mapping.Name == name);
}
