using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Flows;

/// <summary>Shows flow specifications: what may be joined to what, and how often.</summary>
[Cmdlet(VerbsCommon.Get, "FlowSpec")]
[OutputType(typeof(FlowSpec))]
public sealed class GetFlowSpecCommand : FlowEntityCmdlet
{
    /// <summary>Names or wildcard patterns; all specifications by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FlowSpecNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of specifications; with them, nothing else matters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlowSpecIdCompleter))]
    public string[]? FlowSpecId { get; set; }

    /// <summary>Only those whose flows can come from this connector.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionSpecIdCompleter))]
    public string? ConnectionSpecId { get; set; }

    /// <summary>Writes the specifications.</summary>
    protected override void ProcessRecord()
    {
        var specs = new FlowSpecs(Client);
        if (FlowSpecId is null)
        {
            WriteNamed(specs.ListAsync(ConnectionSpecId, Stop), Name, static spec => spec.Name, Write, "flow spec");
            return;
        }
        WriteById(FlowSpecId, id => specs.GetAsync(id, Stop), Write);
    }

    private void Write(FlowSpec spec) => Write(FlowEntity.FlowSpec, spec.Id, spec.Name, spec);
}
