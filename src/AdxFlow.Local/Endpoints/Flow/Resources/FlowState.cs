namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>The states of connections and flows.</summary>
internal static class FlowState
{
    public const string Draft = "draft";

    public const string Enabled = "enabled";

    public const string Disabled = "disabled";

    public const string Initializing = "initializing";

    public const string Updating = "updating";

    public const string Enabling = "enabling";

    public const string Disabling = "disabling";
}
