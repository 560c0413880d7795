namespace AdxFlow.Local.Persistence.Records;

/// <summary>What one request, or the clock, changed in a sandbox of Experience Platform: all of it, or nothing.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Sandbox">The name of the sandbox.</param>
internal sealed record WorkspaceRecord(string Organization, string Sandbox) : StateRecord
{
    public ResourceState[] Resources { get; init; } = [];

    public DocumentState[] Documents { get; init; } = [];

    public PlanState[] Plans { get; init; } = [];

    /// <summary>What is no more.</summary>
    public WorkspaceKey[] Removed { get; init; } = [];
}
