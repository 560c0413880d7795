using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Flow.Flows;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Targets;

/// <summary>Makes a target connection of a dataset.</summary>
[Cmdlet(VerbsCommon.New, "FlowTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowTarget))]
public sealed class NewFlowTargetCommand : FlowEndCmdlet
{
    /// <summary>The dataset; its schema is looked up.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string? DatasetId { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        if (!IsWanted("target", $"dataset '{DatasetId}'"))
            return;
        if (TryAwait(Checked(() => new FlowTargets(Client).CreateAsync(Name!, Description, DatasetId!, Draft, Stop), Name), Name, out FlowTarget? made))
            Write(FlowEntity.Target, made.Id, made.Name, made);
    }
}
