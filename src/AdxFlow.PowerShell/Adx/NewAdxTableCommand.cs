using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Ingestion.Reading;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Makes a table from columns, or from objects that show them.</summary>
[Cmdlet(VerbsCommon.New, "AdxTable", DefaultParameterSetName = ColumnSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxTable))]
public sealed class NewAdxTableCommand : ConnectedCmdlet
{
    private const string ColumnSet = "Column";
    private const string FromSet = "From";

    private ColumnInference? _samples;

    /// <summary>The table's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The columns: a dictionary of names and types ([ordered]@{ a = 'long' }), or texts such as 'a:long'.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ColumnSet)]
    [ColumnTransformation]
    public AdxColumn[] Column { get; set; } = [];

    /// <summary>Sample objects: their properties become the columns, their values tell the types.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] From { get; set; } = [];

    /// <summary>The folder that tools show the table in.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Folder { get; set; }

    /// <summary>What the table is, for whoever finds it.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? DocString { get; set; }

    /// <summary>If the table is there already, adds the columns that it lacks, instead of failing.</summary>
    [Parameter]
    public SwitchParameter Merge { get; set; }

    /// <summary>Looks at the sample objects.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != FromSet)
            return;
        _samples ??= new ColumnInference();
        foreach (PSObject sample in From)
        {
            // A table shows its columns; its own properties are not what is meant.
            if (sample.BaseObject is AdxTable table)
                _samples.Add(table.Columns);
            else
                _samples.Add(sample);
        }
    }

    /// <summary>Makes the table.</summary>
    protected override void EndProcessing()
    {
        var definition = new AdxTableDefinition { Name = Name, Columns = _samples is null ? Column : Infer(_samples), Folder = Folder, DocString = DocString };
        if (!ShouldProcess($"{Connected.Database}.{Name}", Merge ? "Create or merge table" : "Create table"))
            return;
        AdxTable table = Await(new AdxTables(Client).CreateAsync(definition, Merge, Connected.Database, Stop), Name);
        State.RememberTable(table.Database, table.Name);
        WriteObject(table);
    }

    private IReadOnlyList<AdxColumn> Infer(ColumnInference samples)
    {
        if (samples.LeftOut.Count > 0)
            WriteWarning($"These properties hold live .NET objects or cannot be read, and get no column: {string.Join(", ", samples.LeftOut)}.");
        return samples.Columns;
    }
}
