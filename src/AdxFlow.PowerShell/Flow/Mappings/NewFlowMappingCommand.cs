using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Mappings;

/// <summary>Makes a mapping of columns to the fields of a schema: by their names, as given, or both.</summary>
[Cmdlet(VerbsCommon.New, "FlowMapping", DefaultParameterSetName = DatasetSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowMapping))]
public sealed class NewFlowMappingCommand : MappingCmdlet
{
    /// <summary>The name; it may have none.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(SignedIn.ToString(), $"Make a mapping for {(DatasetId is null ? $"schema {SchemaId}" : $"dataset {Shown(FlowEntity.Dataset, DatasetId)}")}"))
            return;
        if (!TryPropose(Name, out FlowMappingDefinition? definition))
            return;
        if (TryAwait(Checked(() => new FlowMappings(Client).CreateAsync(definition!, Stop), Name), Name, out FlowMapping? made))
            Write(FlowEntity.Mapping, made.Id, made.Name, made);
    }
}
