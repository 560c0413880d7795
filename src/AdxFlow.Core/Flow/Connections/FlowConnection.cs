namespace AdxFlow;

/// <summary>A base connection of Experience Platform: where a source is, and as whom it is read.</summary>
public sealed class FlowConnection
{
    internal FlowConnection(string id)
    {
        Id = id;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The id, by the name under which other cmdlets take it from the pipeline.</summary>
    public string ConnectionId => Id;

    /// <summary>The name.</summary>
    public string? Name { get; internal init; }

    /// <summary>What somebody wrote about it; null where nobody did.</summary>
    public string? Description { get; internal init; }

    /// <summary><c>enabled</c>, <c>draft</c>, <c>initializing</c> or another word of the service's; null where it did not say.</summary>
    public string? State { get; internal init; }

    /// <summary>The connection spec: which connector it is of.</summary>
    public string? SpecId { get; internal init; }

    /// <summary>The version of the spec.</summary>
    public string? SpecVersion { get; internal init; }

    /// <summary>How the connector signs in, as the spec names it.</summary>
    public string? AuthSpec { get; internal init; }

    /// <summary>The cluster, for a connection to Azure Data Explorer; null for others, or where the service does not tell it.</summary>
    public string? Cluster { get; internal init; }

    /// <summary>The database, likewise.</summary>
    public string? Database { get; internal init; }

    /// <summary>The tenant of the service principal, likewise.</summary>
    public string? TenantId { get; internal init; }

    /// <summary>The application id of the service principal, likewise.</summary>
    public string? ApplicationId { get; internal init; }

    /// <summary>The version, in its quotes: what Set-FlowConnection compares.</summary>
    public string? ETag { get; internal init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedOn { get; internal init; }

    /// <summary>Who made it.</summary>
    public string? CreatedBy { get; internal init; }

    /// <summary>When it was changed last, in UTC.</summary>
    public DateTimeOffset? UpdatedOn { get; internal init; }

    /// <summary>Who changed it last.</summary>
    public string? UpdatedBy { get; internal init; }

    /// <summary>The sandbox it is in.</summary>
    public string? SandboxName { get; internal init; }

    /// <summary>True for a connection to Azure Data Explorer.</summary>
    public bool IsDataExplorer => Flow.DataExplorerSpec.Id.Equals(SpecId, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name, or the id where it has none.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name ?? Id;
}
