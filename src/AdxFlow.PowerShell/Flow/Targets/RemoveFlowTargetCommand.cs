using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Targets;

/// <summary>Deletes target connections that no dataflow uses any more. The datasets stay.</summary>
[Cmdlet(VerbsCommon.Remove, "FlowTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFlowTargetCommand : FlowEntityCmdlet
{
    /// <summary>The ids of the targets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[] TargetId { get; set; } = [];

    /// <summary>Deletes each.</summary>
    protected override void ProcessRecord() => Delete(FlowEntity.Target, TargetId, "Delete the target", id => new FlowTargets(Client).DeleteAsync(id, Stop));
}
