using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Connections;

/// <summary>Shows the connectors of Experience Platform and the ways they sign in.</summary>
[Cmdlet(VerbsCommon.Get, "FlowConnectionSpec", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FlowConnectionSpec))]
public sealed class GetFlowConnectionSpecCommand : FlowEntityCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names or wildcard patterns; all connectors by default.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of connection specs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionSpecIdCompleter))]
    public string[] SpecId { get; set; } = [];

    /// <summary>Writes the specs.</summary>
    protected override void ProcessRecord()
    {
        var specs = new FlowConnectionSpecs(Client);
        if (ParameterSetName == IdSet)
        {
            WriteById(SpecId, id => specs.GetAsync(id, Stop), Write);
            return;
        }

        // They come in one answer: names are looked for here, whatever the case of their letters.
        WriteNamed(specs.ListAsync(Stop), Name, static spec => spec.Name ?? string.Empty, Write, "connection spec");
    }

    private void Write(FlowConnectionSpec spec) => Write(FlowEntity.ConnectionSpec, spec.Id, spec.Name ?? string.Empty, spec);
}
