using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows the policies of tables: batching, streaming, retention and caching.</summary>
[Cmdlet(VerbsCommon.Get, "AdxTablePolicy")]
[OutputType(typeof(AdxBatchingPolicy), typeof(AdxStreamingPolicy), typeof(AdxRetentionPolicy), typeof(AdxCachingPolicy))]
public sealed class GetAdxTablePolicyCommand : SchemaCmdlet
{
    /// <summary>The tables.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary>Which policies; all four by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public AdxTablePolicyKind[] Policy { get; set; } = Enum.GetValues<AdxTablePolicyKind>();

    /// <summary>Writes the policies.</summary>
    protected override void ProcessRecord()
    {
        var policies = new AdxTablePolicies(Client);
        foreach (string table in Table)
        {
            foreach (AdxTablePolicyKind kind in Policy)
            {
                // What fails for one policy, fails for the table's others too.
                if (!TryAwait(policies.GetAsync(table, kind, Connected.Database, Stop), table, out AdxTablePolicy? policy))
                    break;
                State.RememberTable(policy.Database, policy.Table);
                WriteObject(policy);
            }
        }
    }
}
