using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Ingestion.Reading;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Makes a table from columns, or from an object that shows them.</summary>
[Cmdlet(VerbsCommon.New, "AdxTable", DefaultParameterSetName = ColumnSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxTable))]
public sealed class NewAdxTableCommand : ConnectedCmdlet
{
    private const string ColumnSet = "Column";
    private const string FromSet = "From";

    /// <summary>The table's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The columns: a dictionary of names and types ([ordered]@{ a = 'long' }), or texts such as 'a:long'.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ColumnSet)]
    [ColumnTransformation]
    public AdxColumn[] Column { get; set; } = [];

    /// <summary>A sample object: its properties become the columns, their values tell the types.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? From { get; set; }

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

    private bool _isDone;

    /// <summary>Makes the table; of several sample objects, the first counts.</summary>
    protected override void ProcessRecord()
    {
        if (_isDone)
            return;
        _isDone = true;
        IReadOnlyList<AdxColumn> columns = ParameterSetName == FromSet ? Infer() : Column;
        if (!ShouldProcess($"{Connected.Database}.{Name}", Merge ? "Create or merge table" : "Create table"))
            return;
        var definition = new AdxTableDefinition { Name = Name, Columns = columns, Folder = Folder, DocString = DocString };
        AdxTable table = Await(new AdxTables(Client).CreateAsync(definition, Merge, Connected.Database, Stop), Name);
        State.RememberTable(table.Database, table.Name);
        WriteObject(table);
    }

    private IReadOnlyList<AdxColumn> Infer()
    {
        (IReadOnlyList<AdxColumn> columns, IReadOnlyList<string> leftOut) = ColumnInference.From(From!);
        if (leftOut.Count > 0)
            WriteWarning($"These properties hold live .NET objects or cannot be read, and get no column: {string.Join(", ", leftOut)}.");
        return columns;
    }
}
