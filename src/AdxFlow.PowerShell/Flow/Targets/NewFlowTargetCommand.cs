using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Targets;

/// <summary>Makes a target connection of a dataset.</summary>
[Cmdlet(VerbsCommon.New, "FlowTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowTarget))]
public sealed class NewFlowTargetCommand : FlowEntityCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A few words about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>The dataset; its schema is looked up.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string? DatasetId { get; set; }

    /// <summary>Makes a draft, which Publish-Flow publishes together with its flow.</summary>
    [Parameter]
    public SwitchParameter Draft { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(SignedIn.ToString(), $"Make the {(Draft ? "draft of a " : string.Empty)}target '{Name}' of dataset '{DatasetId}'"))
            return;
        if (TryAwait(Checked(() => new FlowTargets(Client).CreateAsync(Name!, Description, DatasetId!, Draft, Stop), Name), Name, out FlowTarget? made))
            Write(FlowEntity.Target, made.Id, made.Name, made);
    }
}
