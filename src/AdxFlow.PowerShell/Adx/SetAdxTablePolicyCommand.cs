using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Sets a policy of tables, copies one from another table, or takes policies away.</summary>
[Cmdlet(VerbsCommon.Set, "AdxTablePolicy", DefaultParameterSetName = PolicySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxBatchingPolicy), typeof(AdxStreamingPolicy), typeof(AdxRetentionPolicy), typeof(AdxCachingPolicy))]
public sealed class SetAdxTablePolicyCommand : SchemaCmdlet
{
    private const string PolicySet = "Policy";
    private const string BatchingSet = "Batching";
    private const string StreamingSet = "Streaming";
    private const string RetentionSet = "Retention";
    private const string CachingSet = "Caching";
    private const string RemoveSet = "Remove";

    /// <summary>The tables.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary>A policy from Get-AdxTablePolicy, which the tables get just so.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PolicySet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AdxTablePolicy? InputObject { get; set; }

    /// <summary>Batching: how long queued data waits at most, from 10 seconds to 30 minutes.</summary>
    [Parameter(ParameterSetName = BatchingSet)]
    [DurationTransformation]
    [ValidateNotNull]
    public TimeSpan? BatchingTime { get; set; }

    /// <summary>Batching: how many blobs are ingested at once at most, from 1 to 25,000.</summary>
    [Parameter(ParameterSetName = BatchingSet)]
    [ValidateNotNull]
    public int? BatchingItems { get; set; }

    /// <summary>Batching: how many MB (uncompressed) are ingested at once at most, from 100 to 4,096.</summary>
    [Parameter(ParameterSetName = BatchingSet)]
    [ValidateNotNull]
    public int? BatchingSizeMB { get; set; }

    /// <summary>Streaming: whether the table takes streaming ingestion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StreamingSet)]
    public bool Streaming { get; set; }

    /// <summary>Streaming: a hint of how much streams into the table, in GB an hour.</summary>
    [Parameter(ParameterSetName = StreamingSet)]
    [ValidateNotNull]
    public double? HintAllocatedRate { get; set; }

    /// <summary>Retention: how long rows are kept, counted from their ingestion.</summary>
    [Parameter(ParameterSetName = RetentionSet)]
    [DurationTransformation]
    [ValidateNotNull]
    public TimeSpan? RetentionPeriod { get; set; }

    /// <summary>Retention: whether rows can be got back for 14 days after that.</summary>
    [Parameter(ParameterSetName = RetentionSet)]
    [ValidateNotNull]
    public AdxRecoverability? Recoverability { get; set; }

    /// <summary>Caching: how long rows are kept in the hot cache, counted from their ingestion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CachingSet)]
    [DurationTransformation]
    public TimeSpan CachingPeriod { get; set; }

    /// <summary>The policies to take away from the tables, so that those of the database hold.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RemoveSet)]
    [ValidateNotNullOrEmpty]
    public AdxTablePolicyKind[] Remove { get; set; } = [];

    /// <summary>Writes each policy as it stands then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sees that the values are possible, before a table is touched.</summary>
    protected override void BeginProcessing()
    {
        if (ParameterSetName is PolicySet or RemoveSet)
            return;
        try
        {
            PolicyLimits.Check(Wanted("", ""));
        }
        catch (AdxException failure)
        {
            Throw(failure);
        }
    }

    /// <summary>Sets or removes, table by table.</summary>
    protected override void ProcessRecord()
    {
        foreach (string table in Table)
        {
            if (ParameterSetName == RemoveSet)
                RemoveFrom(table);
            else
                SetOn(table, InputObject ?? Wanted(Connected.Database, table));
        }
    }

    private void SetOn(string table, AdxTablePolicy policy)
    {
        string change = policy.IsInherited ? Removal(policy.Policy) : $"Set {policy.Policy} policy: {policy.Summary}";
        if (!ShouldProcess($"{Connected.Database}.{table}", change))
            return;
        bool merge = ParameterSetName != PolicySet;
        if (TryAwait(new AdxTablePolicies(Client).SetAsync(table, policy, merge, Connected.Database, Stop), table, out AdxTablePolicy? standing))
            Done(standing);
    }

    private void RemoveFrom(string table)
    {
        foreach (AdxTablePolicyKind kind in Remove)
        {
            if (!ShouldProcess($"{Connected.Database}.{table}", Removal(kind)))
                continue;
            if (!TryAwait(new AdxTablePolicies(Client).RemoveAsync(table, kind, Connected.Database, Stop), table, out AdxTablePolicy? standing))
                break;
            Done(standing);
        }
    }

    private void Done(AdxTablePolicy standing)
    {
        State.RememberTable(standing.Database, standing.Table);
        // Source: https://learn.microsoft.com/kusto/management/data-ingestion/streaming-ingestion-schema-changes
        if (standing.Policy == AdxTablePolicyKind.Streaming)
            WriteVerbose($"The nodes of the cluster cache schemas: it may take some minutes until streaming ingestion into '{standing.Table}' follows the policy.");
        if (PassThru)
            WriteObject(standing);
    }

    private AdxTablePolicy Wanted(string database, string table) => ParameterSetName switch
    {
        BatchingSet => new AdxBatchingPolicy { Database = database, Table = table, BatchingTime = BatchingTime, BatchingItems = BatchingItems, BatchingSizeMB = BatchingSizeMB },
        StreamingSet => new AdxStreamingPolicy { Database = database, Table = table, IsEnabled = Streaming, HintAllocatedRate = HintAllocatedRate },
        RetentionSet => new AdxRetentionPolicy { Database = database, Table = table, RetentionPeriod = RetentionPeriod, Recoverability = Recoverability },
        _ => new AdxCachingPolicy { Database = database, Table = table, CachingPeriod = CachingPeriod },
    };

    private static string Removal(AdxTablePolicyKind kind) => $"Remove {kind} policy, and inherit the database's";
}
