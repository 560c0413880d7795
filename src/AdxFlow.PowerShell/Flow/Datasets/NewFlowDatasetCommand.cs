using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;
using AdxFlow.PowerShell.Flow.Mappings;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Flow.Datasets;

/// <summary>Makes a dataset: for columns, for which it makes a schema first, or of a schema that exists.</summary>
[Cmdlet(VerbsCommon.New, "FlowDataset", DefaultParameterSetName = ColumnSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FlowDataset))]
public sealed class NewFlowDatasetCommand : FlowEntityCmdlet
{
    private const string ColumnSet = "Column";
    private const string SchemaSet = "Schema";

    /// <summary>The name, of the schema as well where one is made.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A few words about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>The columns: those of a table, 'name:type', or a dictionary of names and types. A table piped in gives its own.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ColumnSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Columns")]
    [ValidateNotNullOrEmpty]
    public object[] Column { get; set; } = [];

    /// <summary>The class of the schema: Profile, ExperienceEvent, or the $id of another one.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SchemaClassCompleter))]
    public string Class { get; set; } = "Profile";

    /// <summary>The $id of a schema.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SchemaSet)]
    [ValidateNotNullOrEmpty]
    public string? SchemaId { get; set; }

    /// <summary>The schema's major version.</summary>
    [Parameter(ParameterSetName = SchemaSet)]
    [ValidateRange(1, int.MaxValue)]
    public int SchemaVersion { get; set; } = 1;

    /// <summary>Batches keep what was wrong with each row.</summary>
    [Parameter]
    public SwitchParameter ErrorDiagnostics { get; set; }

    /// <summary>Makes it.</summary>
    protected override void ProcessRecord()
    {
        FlowDatasetDefinition definition = Checked(Definition, Name);
        if (!ShouldProcess(SignedIn.ToString(), definition.SchemaId is null ? $"Make a schema of {definition.Fields.Count} fields and the dataset '{Name}'" : $"Make the dataset '{Name}'"))
            return;
        if (TryAwait(new FlowDatasets(Client).CreateAsync(definition, Stop), Name, out FlowDataset? made))
            Write(FlowEntity.Dataset, made.Id, made.Name, made);
    }

    private FlowDatasetDefinition Definition() => new()
    {
        Name = Name!,
        Description = Description,
        SchemaId = SchemaId,
        SchemaVersion = SchemaVersion,
        ClassId = SchemaClass.Id(Class),
        Fields = ParameterSetName == ColumnSet ? ColumnValues.Fields(Column) : [],
        ErrorDiagnostics = ErrorDiagnostics,
    };
}
