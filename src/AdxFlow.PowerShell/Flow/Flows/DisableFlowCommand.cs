using System.Management.Automation;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Stops the schedule of dataflows.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Dataflow))]
public sealed class DisableFlowCommand : FlowIdCmdlet
{
    /// <summary>Writes the dataflows as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Disables each.</summary>
    protected override void ProcessRecord() => ForEach("Disable the flow", id => Flows.DisableAsync(id, Stop), id => WriteNow(id, PassThru));
}
