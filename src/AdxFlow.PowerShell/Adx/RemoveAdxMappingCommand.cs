using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Drops mappings of a table or of the database.</summary>
// By default an object, or a mapping that is piped would be taken apart into names, and its database forgotten.
[Cmdlet(VerbsCommon.Remove, "AdxMapping", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAdxMappingCommand : SchemaCmdlet
{
    private const string NameSet = "Name";
    private const string InputSet = "InputObject";

    /// <summary>The table the mapping belongs to; the database by default.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? Table { get; set; }

    /// <summary>The names of the mappings.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The kind; needed only where mappings of several kinds have the same name.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    public AdxMappingKind? Kind { get; set; }

    /// <summary>Mappings from Get-AdxMapping; each is dropped in its own database.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AdxMapping[] InputObject { get; set; } = [];

    /// <summary>Drops the mappings.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == NameSet)
        {
            foreach (string name in Name)
                Drop(name, Kind, Table, Connected.Database);
            return;
        }
        foreach (AdxMapping mapping in InputObject)
            Drop(mapping.Name, mapping.Kind, mapping.Table, Database ?? mapping.Database);
    }

    private void Drop(string name, AdxMappingKind? kind, string? table, string database)
    {
        string where = table is null ? database : $"{database}.{table}";
        if (!ShouldProcess(where, $"Drop {(kind is null ? "" : kind + " ")}mapping '{name}'"))
            return;
        if (TryAwait(new AdxMappings(Client).DropAsync(name, kind, table, database, Stop), name))
            State.ForgetMapping(database, table, name);
    }
}
