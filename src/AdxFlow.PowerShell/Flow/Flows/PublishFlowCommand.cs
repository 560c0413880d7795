using System.Management.Automation;
using AdxFlow.Flow;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Turns drafts of dataflows into dataflows, together with those of their parts that are drafts.</summary>
[Cmdlet(VerbsData.Publish, "Flow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Dataflow))]
public sealed class PublishFlowCommand : FlowIdCmdlet
{
    /// <summary>Writes the dataflows as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Publishes each.</summary>
    protected override void ProcessRecord() => ForEach("Publish the flow, and what of its connection, source and target is a draft", id => new FlowParts(Client).PublishAsync(id, Stop), id => WriteNow(id, PassThru));
}
