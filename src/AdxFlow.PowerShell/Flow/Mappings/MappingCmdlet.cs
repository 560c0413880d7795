using System.Management.Automation;
using AdxFlow.Flow;
using AdxFlow.PowerShell.Flow.Completion;

namespace AdxFlow.PowerShell.Flow.Mappings;

/// <summary>A cmdlet about fields of a schema and where their values come from.</summary>
public abstract class MappingCmdlet : FlowEntityCmdlet
{
    private protected const string DatasetSet = "Dataset";
    private protected const string SchemaSet = "Schema";

    /// <summary>The dataset whose schema the fields belong to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DatasetSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatasetIdCompleter))]
    public string? DatasetId { get; set; }

    /// <summary>The $id of the schema that the fields belong to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SchemaSet)]
    [ValidateNotNullOrEmpty]
    public string? SchemaId { get; set; }

    /// <summary>The schema's major version.</summary>
    [Parameter(ParameterSetName = SchemaSet)]
    [ValidateRange(1, int.MaxValue)]
    public int SchemaVersion { get; set; } = 1;

    /// <summary>Columns that go into the fields of their name: those of a table, or names.</summary>
    [Parameter(ParameterSetName = DatasetSet)]
    [Parameter(ParameterSetName = SchemaSet)]
    [Alias("Columns")]
    [ValidateNotNullOrEmpty]
    public object[] Column { get; set; } = [];

    /// <summary>Fields and where their values come from, in a dictionary.</summary>
    [Parameter(ParameterSetName = DatasetSet)]
    [Parameter(ParameterSetName = SchemaSet)]
    [ValidateNotNullOrEmpty]
    [FieldMappingTransformation]
    public FlowFieldMapping[] Field { get; set; } = [];

    /// <summary>Finds the schema, and the fields for the columns; what is left over is a warning.</summary>
    private protected bool TryPropose(string? name, out FlowMappingDefinition? definition)
    {
        definition = null;
        IReadOnlyList<string> columns = Checked(() => ColumnValues.Names(Column));
        if (columns.Count == 0 && Field.Length == 0)
            Throw(FlowRefusal.Of("FlowMappingEmpty", "A mapping needs at least one field.", "Give -Column, -Field or both."));
        if (!TryAwait(GetSchemaAsync(), DatasetId ?? SchemaId, out FlowSchema? schema))
            return false;
        var proposal = MappingProposal.Of(schema, columns, Field);
        if (proposal.UnmappedColumns.Count > 0)
            WriteWarning($"These columns go into no field, as none, or more than one, has their name: {string.Join(", ", proposal.UnmappedColumns)}. Give them with -Field where they matter.");
        if (proposal.MissingPaths.Count > 0)
            WriteWarning($"Every row needs these fields, and nothing goes into them: {string.Join(", ", proposal.MissingPaths)}. Give them with -Field.");
        definition = new FlowMappingDefinition { Name = name, SchemaId = schema.Id, SchemaVersion = schema.Version, Fields = proposal.Fields };
        return true;
    }

    private Task<FlowSchema> GetSchemaAsync() =>
        DatasetId is null ? new FlowSchemas(Client).GetAsync(SchemaId!, SchemaVersion, Stop) : new FlowDatasets(Client).GetSchemaAsync(DatasetId, Stop);
}
