using System.Globalization;

namespace AdxFlow;

/// <summary>A policy of a table: one of <see cref="AdxBatchingPolicy"/>, <see cref="AdxStreamingPolicy"/>, <see cref="AdxRetentionPolicy"/>, <see cref="AdxCachingPolicy"/>.</summary>
public abstract class AdxTablePolicy
{
    private protected AdxTablePolicy()
    {
    }

    /// <summary>The database the table is in.</summary>
    public required string Database { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>Which policy it is.</summary>
    public abstract AdxTablePolicyKind Policy { get; }

    /// <summary>True where the table has no such policy of its own: that of the database holds, or the service's default.</summary>
    public bool IsInherited { get; init; }

    /// <summary>What the policy says, in a few words.</summary>
    public string Summary => IsInherited ? "(inherited)" : string.Join(", ", Parts());

    /// <summary>The policy in words.</summary>
    /// <returns>For example <c>Retention of StormEvents: 30 days, recoverable</c>.</returns>
    public override string ToString() => $"{Policy} of {Table}: {Summary}";

    private protected abstract IEnumerable<string> Parts();

    private protected static string Duration(TimeSpan span)
    {
        if (span.Ticks == 0 || span.Ticks % TimeSpan.TicksPerDay != 0)
            return span.ToString("c", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{span.Days} {(span.Days == 1 ? "day" : "days")}");
    }
}
