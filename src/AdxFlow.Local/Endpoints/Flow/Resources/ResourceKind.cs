using System.Text.Json.Nodes;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>What is particular to one kind of resource: its rules, and what it tells beside what was written.</summary>
internal abstract class ResourceKind(string name)
{
    /// <summary>As in paths.</summary>
    public string Name => name;

    /// <summary>The fields that lists can be filtered by, beside those that every kind has.</summary>
    public abstract IReadOnlyList<string> FilterFields { get; }

    /// <summary>The first parts of the paths that a patch may change.</summary>
    public abstract IReadOnlyList<string> PatchFields { get; }

    public abstract ResourceCollection In(Workspace workspace);

    /// <summary>Checks what shall be stored.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="previous">The body until now; null for a new resource.</param>
    /// <param name="isDraft">True where it may be incomplete.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="FlowException">It breaks a rule.</exception>
    public abstract void Check(JsonObject body, JsonObject? previous, bool isDraft, FlowRequest request);

    /// <summary>Takes away what must not be stored, once all was checked.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="previous">The body until now; null for a new resource.</param>
    public virtual void Protect(JsonObject body, JsonObject? previous)
    {
    }

    /// <exception cref="FlowException">Something else still needs it.</exception>
    public virtual void CheckDeletion(FlowResource resource, Workspace workspace)
    {
    }

    /// <exception cref="FlowException">What it depends on is a draft itself.</exception>
    public virtual void CheckPublication(FlowResource resource, Workspace workspace)
    {
    }

    /// <summary>Called after it was made, or published, or has changed, so that the kind may act on it.</summary>
    public virtual void Changed(FlowResource resource, FlowRequest request)
    {
    }

    /// <exception cref="FlowException">The change is not allowed now.</exception>
    public virtual void CheckPatch(FlowResource resource, PatchOperation operation, FlowRequest request)
    {
    }

    /// <summary>The resource as a request reads it.</summary>
    public virtual JsonObject Render(FlowResource resource, Workspace workspace, DateTimeOffset now) => resource.Render(now);
}
