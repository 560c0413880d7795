using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Flow.Flows;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Sources;

/// <summary>Makes a source connection of a table, with its columns exactly as Experience Platform sees them.</summary>
[Cmdlet(VerbsCommon.New, "FlowSource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowSource))]
public sealed class NewFlowSourceCommand : FlowEndCmdlet
{
    /// <summary>The base connection to the table.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>The table, as Get-FlowTable shows it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowTableCompleter))]
    public string? Table { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        if (!IsWanted("source", $"table '{Table}'"))
            return;
        var definition = new FlowSourceDefinition(Name!, Description, Draft);
        if (TryAwait(Checked(() => new FlowSources(Client).CreateAsync(definition, ConnectionId!, Table!, Stop), Name), Name, out FlowSource? made))
            Write(FlowEntity.Source, made.Id, made.Name, made);
    }
}
