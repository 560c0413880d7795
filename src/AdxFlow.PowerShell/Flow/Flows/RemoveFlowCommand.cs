using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Deletes dataflows, on request with their sources and targets. What they brought into datasets stays.</summary>
[Cmdlet(VerbsCommon.Remove, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFlowCommand : FlowIdCmdlet
{
    /// <summary>Deletes the source and the target as well, after the flow. The base connection and the dataset stay.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Deletes each.</summary>
    protected override void ProcessRecord() => Delete(
        FlowEntity.Flow,
        FlowId,
        Recurse ? "Delete the flow with its source and target" : "Delete the flow",
        id => Recurse ? new FlowParts(Client).DeleteWithPartsAsync(id, Stop) : Flows.DeleteAsync(id, Stop));
}
