namespace AdxFlow.Local.Endpoints.Flow.Access;

/// <summary>Who calls an Adobe endpoint, and where.</summary>
/// <param name="ClientId">The client of IMS.</param>
/// <param name="Organization">The organization that it speaks for.</param>
/// <param name="Sandbox">The sandbox; null for what is above sandboxes.</param>
internal sealed record FlowCaller(string ClientId, Organization Organization, Sandbox? Sandbox)
{
    /// <summary>The technical account, as resources tell who made them.</summary>
    public string UserId => ClientId + "@AdobeID";
}
