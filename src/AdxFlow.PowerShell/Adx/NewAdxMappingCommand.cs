using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Makes a mapping on a table or on the database, from columns or from another mapping.</summary>
[Cmdlet(VerbsCommon.New, "AdxMapping", DefaultParameterSetName = ColumnSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AdxMapping))]
public sealed class NewAdxMappingCommand : ConnectedCmdlet
{
    private const string ColumnSet = "Column";
    private const string FromSet = "From";

    /// <summary>The table the mapping is for; the database, for all its tables, by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? Table { get; set; }

    /// <summary>The mapping's name; with -From that of the other one by default.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ColumnSet)]
    [Parameter(Position = 1, ParameterSetName = FromSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string? Name { get; set; }

    /// <summary>The sort of data it is for.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ColumnSet)]
    public AdxMappingKind Kind { get; set; }

    /// <summary>The columns and where they come from: a dictionary ([ordered]@{ Id = '$.id' }), names, or the mapping's JSON.</summary>
    [Parameter(Mandatory = true, Position = 3, ParameterSetName = ColumnSet)]
    [ColumnMappingTransformation]
    public AdxColumnMapping[] Column { get; set; } = [];

    /// <summary>A mapping to copy.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AdxMapping? From { get; set; }

    /// <summary>Replaces a mapping of the same name and kind, instead of failing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Makes the mapping, and tells what the table lacks for it.</summary>
    protected override void ProcessRecord()
    {
        AdxMappingDefinition definition = From is null
            ? new AdxMappingDefinition { Name = Name!, Kind = Kind, Columns = Column }
            : new AdxMappingDefinition { Name = Name ?? From.Name, Kind = From.Kind, Columns = From.Columns };
        string where = Table is null ? Connected.Database : $"{Connected.Database}.{Table}";
        if (!ShouldProcess(where, $"{(Force ? "Create or replace" : "Create")} {definition.Kind} mapping '{definition.Name}'"))
            return;

        Task<AdxMapping> creating = new AdxMappings(Client).CreateAsync(definition, Table, Force, Connected.Database, Stop);
        // Of several mappings that are copied, each stands for itself.
        if (From is null)
            Write(Await(creating, definition.Name));
        else if (TryAwait(creating, From, out AdxMapping? mapping))
            Write(mapping);
    }

    private void Write(AdxMapping mapping)
    {
        State.RememberMapping(mapping);
        if (mapping.Table is not null)
            WarnOfMissingColumns(mapping, mapping.Table);
        WriteObject(mapping);
    }

    private void WarnOfMissingColumns(AdxMapping mapping, string table)
    {
        if (!TryAwait(new AdxMappings(Client).FindMissingColumnsAsync(mapping.Columns, table, Connected.Database, Stop), mapping, out IReadOnlyList<AdxColumnMapping>? missing))
            return;
        if (missing.Where(static column => column.Type is null).ToArray() is { Length: > 0 } failing)
            WriteWarning($"Table '{table}' lacks these columns of mapping '{mapping.Name}': {Names(failing)}. Ingestion with the mapping will fail. Add them with New-AdxTable -Merge, or give their types, and queued ingestion adds them.");
        if (missing.Where(static column => column.Type is not null).ToArray() is { Length: > 0 } coming)
            WriteVerbose($"Queued ingestion with mapping '{mapping.Name}' will add these columns to table '{table}': {Names(coming)}.");
    }

    private static string Names(IEnumerable<AdxColumnMapping> columns) => string.Join(", ", columns.Select(static column => column.Column));
}
