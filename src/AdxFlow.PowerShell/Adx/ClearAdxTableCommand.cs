using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Deletes all data of tables, and leaves the tables.</summary>
[Cmdlet(VerbsCommon.Clear, "AdxTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AdxTable))]
public sealed class ClearAdxTableCommand : SchemaCmdlet
{
    /// <summary>The names of the tables, taken as they are: nothing in them is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes each table as it stands then, with rows and sizes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Clears them one by one.</summary>
    protected override void ProcessRecord()
    {
        var tables = new AdxTables(Client);
        foreach (string name in Name)
        {
            if (!ShouldProcess($"{Connected.Database}.{name}", "Clear all data of table"))
                continue;
            if (!TryAwait(tables.ClearAsync(name, Connected.Database, Stop), name))
                continue;
            State.RememberTable(Connected.Database, name);
            if (PassThru && TryAwait(tables.FindAsync(name, Connected.Database, details: true, Stop), name, out AdxTable? table) && table is not null)
                WriteObject(table);
        }
    }
}
