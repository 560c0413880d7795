namespace AdxFlow.Local.Endpoints.Access;

/// <summary>The principals of one role, in the order in which they came.</summary>
internal sealed class RoleMembers
{
    private readonly object _gate = new();
    private RoleAssignment[] _assignments = [];

    public IReadOnlyList<RoleAssignment> Assignments => Volatile.Read(ref _assignments);

    public bool Contains(Caller caller) => Array.Exists(Volatile.Read(ref _assignments), a => a.Principal.Matches(caller));

    public bool Contains(Principal principal) => Array.Exists(Volatile.Read(ref _assignments), a => a.Principal == principal);

    /// <summary>Adds those that are not there yet; one that is keeps its assignment, with the new notes if any.</summary>
    public void Add(IEnumerable<Principal> principals, string? notes)
    {
        lock (_gate)
        {
            var next = new List<RoleAssignment>(_assignments);
            foreach (Principal principal in principals)
            {
                int at = next.FindIndex(a => a.Principal == principal);
                if (at < 0)
                    next.Add(new RoleAssignment(principal, notes ?? "", Guid.NewGuid()));
                else if (notes is not null)
                    next[at] = next[at] with { Notes = notes };
            }

            Volatile.Write(ref _assignments, [.. next]);
        }
    }

    public void Restore(RoleAssignment[] assignments) => Volatile.Write(ref _assignments, assignments);

    public void Drop(IEnumerable<Principal> principals)
    {
        lock (_gate)
            Volatile.Write(ref _assignments, Array.FindAll(_assignments, a => !principals.Contains(a.Principal)));
    }

    public void Set(IEnumerable<Principal> principals, string? notes)
    {
        lock (_gate)
        {
            Volatile.Write(ref _assignments, Array.FindAll(_assignments, a => principals.Contains(a.Principal)));
            Add(principals, notes);
        }
    }
}
