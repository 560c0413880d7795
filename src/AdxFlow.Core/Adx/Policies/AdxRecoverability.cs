namespace AdxFlow;

/// <summary>Whether rows that the retention policy has deleted can be got back.</summary>
public enum AdxRecoverability
{
    /// <summary>For 14 days. The service manages it for a whole database: what one table sets may hold for the others too.</summary>
    Enabled,

    /// <summary>Not at all.</summary>
    Disabled,
}
