namespace AdxFlow;

/// <summary>How long a table keeps its rows. Source: <see href="https://learn.microsoft.com/kusto/management/retention-policy"/>.</summary>
public sealed class AdxRetentionPolicy : AdxTablePolicy
{
    /// <inheritdoc/>
    public override AdxTablePolicyKind Policy => AdxTablePolicyKind.Retention;

    /// <summary>How long rows can be queried, counted from their ingestion (the service's <c>SoftDeletePeriod</c>); null where the policy is inherited.</summary>
    public TimeSpan? RetentionPeriod { get; init; }

    /// <summary>Whether rows can be got back for a while after that; null where the policy is inherited.</summary>
    public AdxRecoverability? Recoverability { get; init; }

    private protected override IEnumerable<string> Parts()
    {
        if (RetentionPeriod is { } period)
            yield return Duration(period);
        if (Recoverability is { } recoverability)
            yield return recoverability == AdxRecoverability.Enabled ? "recoverable" : "not recoverable";
    }
}
