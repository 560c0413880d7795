using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows tables and their columns.</summary>
[Cmdlet(VerbsCommon.Get, "AdxTable")]
[OutputType(typeof(AdxTable))]
public sealed class GetAdxTableCommand : SchemaCmdlet
{
    private (string Database, IReadOnlyList<AdxTable> Tables)? _all;

    /// <summary>Names or wildcard patterns; all tables by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Tells row counts and sizes too, which costs the cluster a further look.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Writes the tables that match.</summary>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
                WriteMatching(name);
            else
                WriteNamed(WildcardPattern.Unescape(name));
        }
    }

    private void WriteMatching(string name)
    {
        string database = Connected.Database;
        if (_all?.Database != database)
        {
            if (!TryAwait(new AdxTables(Client).GetAsync(null, database, Detailed, Stop), database, out IReadOnlyList<AdxTable>? tables))
                return;
            _all = (database, tables);
        }
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        foreach (AdxTable table in _all.Value.Tables)
        {
            State.RememberTable(table.Database, table.Name);
            // A name that reads as a pattern, such as "it's [x]", means the table too that is called so.
            if (pattern.IsMatch(table.Name) || table.Name == name)
                WriteObject(table);
        }
    }

    private void WriteNamed(string name)
    {
        if (!TryAwait(new AdxTables(Client).FindAsync(name, Connected.Database, Detailed, Stop), name, out AdxTable? table))
            return;
        if (table is null)
        {
            WriteError(new AdxException("AdxTableNotFound", AdxErrorKind.NotFound, $"There is no table '{name}' in database '{Connected.Database}'.")
            {
                RecommendedAction = "Check the name (it is case-sensitive); Get-AdxTable without a name lists them all.",
            }.ToErrorRecord(name));
            return;
        }
        State.RememberTable(table.Database, table.Name);
        WriteObject(table);
    }
}
