using System.Management.Automation;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Lets dataflows run by their schedule.</summary>
[Cmdlet(VerbsLifecycle.Enable, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Dataflow))]
public sealed class EnableFlowCommand : FlowIdCmdlet
{
    /// <summary>Writes the dataflows as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Enables each.</summary>
    protected override void ProcessRecord() => ForEach("Enable the flow", id => Flows.EnableAsync(id, Stop), id => WriteNow(id, PassThru));
}
