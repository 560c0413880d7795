using System.Management.Automation;
using System.Text.Json.Nodes;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Ingestion.Reading;

namespace AdxFlow.PowerShell.Flow.Mappings;

/// <summary>Has Experience Platform look at a mapping, or at fields before they become one, and at what rows become by them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FlowMapping", DefaultParameterSetName = MappingSet)]
[OutputType(typeof(FlowMappingTest))]
public sealed class TestFlowMappingCommand : MappingCmdlet
{
    private const string MappingSet = "Mapping";

    /// <summary>The mapping.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MappingSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingIdCompleter))]
    public string? MappingId { get; set; }

    /// <summary>Sample rows, such as those of Get-FlowTable -Preview.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Data { get; set; } = [];

    /// <summary>Tests it.</summary>
    protected override void ProcessRecord()
    {
        FlowMappingDefinition? definition;
        if (ParameterSetName == MappingSet)
        {
            if (!TryAwait(Checked(() => new FlowMappings(Client).GetAsync(MappingId!, Stop), MappingId), MappingId, out FlowMapping? mapping))
                return;
            definition = new FlowMappingDefinition { Name = mapping.Name, SchemaId = mapping.SchemaId ?? string.Empty, SchemaVersion = mapping.SchemaVersion, Fields = mapping.Fields };
        }
        else if (!TryPropose(null, out definition))
        {
            return;
        }
        if (TryAwait(Checked(() => new FlowMappings(Client).TestAsync(definition!, MappingId, Rows(), Stop), MappingId), MappingId, out FlowMappingTest? test))
            WriteObject(test);
    }

    private JsonNode[] Rows() => [.. Data.Select(static row => JsonNode.Parse(JsonValues.Encode(row).Text)!)];
}
