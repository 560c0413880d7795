using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Targets;

/// <summary>Shows target connections into datasets: all, by name, by id, or those of a dataset.</summary>
[Cmdlet(VerbsCommon.Get, "FlowTarget")]
[OutputType(typeof(FlowTarget))]
public sealed class GetFlowTargetCommand : FlowEntityCmdlet
{
    /// <summary>Names or wildcard patterns; all targets by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of targets; with them, nothing else matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[]? TargetId { get; set; }

    /// <summary>Only those into this dataset.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string? DatasetId { get; set; }

    /// <summary>Writes the targets, as the pages arrive.</summary>
    protected override void ProcessRecord()
    {
        var targets = new FlowTargets(Client);
        if (TargetId is null)
        {
            WriteNamed(targets.ListAsync(DatasetId, Stop), Name, static target => target.Name, Write, "target");
            return;
        }
        WriteById(TargetId, id => targets.GetAsync(id, Stop), Write);
    }

    private void Write(FlowTarget target) => Write(FlowEntity.Target, target.Id, target.Name, target);
}
