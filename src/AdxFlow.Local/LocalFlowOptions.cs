namespace AdxFlow.Local;

/// <summary>How the Adobe side of a <see cref="LocalCluster"/> behaves: IMS, the Flow Service and its neighbours.</summary>
public sealed class LocalFlowOptions
{
    /// <summary>
    /// The names of the sandboxes that every organization has; the first is the default one and of type production, the others
    /// are for development. Default: <c>prod</c> and <c>dev</c>.
    /// </summary>
    public IReadOnlyList<string> Sandboxes { get; init; } = ["prod", "dev"];

    /// <summary>How long an access token is good. Default one second less than a day, as IMS says it.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(86399);

    /// <summary>
    /// How long a connection or a flow stays in a state between, such as <c>initializing</c>, <c>updating</c> or
    /// <c>enabling</c>. Default: not at all.
    /// </summary>
    public TimeSpan TransitionTime { get; init; }

    /// <summary>How long a run of a flow is in progress. Default: it is done as soon as it starts.</summary>
    public TimeSpan RunDuration { get; init; }

    /// <summary>How many entries a page of a list has where the request gives no limit, 1 to 100. Default 20.</summary>
    public int PageSize { get; init; } = 20;
}
