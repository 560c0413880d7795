using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Sources;

/// <summary>Deletes source connections that no dataflow uses any more.</summary>
[Cmdlet(VerbsCommon.Remove, "FlowSource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFlowSourceCommand : FlowEntityCmdlet
{
    /// <summary>The ids of the sources.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceIdCompleter))]
    public string[] SourceId { get; set; } = [];

    /// <summary>Deletes each.</summary>
    protected override void ProcessRecord() => Delete(FlowEntity.Source, SourceId, "Delete the source", id => new FlowSources(Client).DeleteAsync(id, Stop));
}
