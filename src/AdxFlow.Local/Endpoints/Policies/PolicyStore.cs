using System.Collections.Concurrent;

namespace AdxFlow.Local.Endpoints.Policies;

/// <summary>The policies of a database and of its tables, as JSON text.</summary>
internal sealed class PolicyStore
{
    private readonly ConcurrentDictionary<(string? Table, PolicyKind Kind), string> _policies = new();

    /// <summary>The policy that is set, or null.</summary>
    /// <param name="table">The table, or null for the database.</param>
    /// <param name="kind">The kind.</param>
    public string? Find(string? table, PolicyKind kind) => _policies.GetValueOrDefault((table, kind));

    /// <summary>The policy that holds for the table: its own, or else that of the database; the text null for none.</summary>
    public string Effective(string? table, string word)
    {
        PolicyKind kind = PolicyKind.All.First(k => k.Word == word);
        return Find(table, kind) ?? Find(null, kind) ?? "null";
    }

    public void Set(string? table, PolicyKind kind, string json) => _policies[(table, kind)] = json;

    public void Remove(string? table, PolicyKind kind) => _policies.TryRemove((table, kind), out _);

    public void RemoveTable(string table)
    {
        foreach (PolicyKind kind in PolicyKind.All)
            Remove(table, kind);
    }
}
