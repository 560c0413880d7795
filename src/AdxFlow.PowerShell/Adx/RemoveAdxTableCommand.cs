using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Drops tables with all their data.</summary>
[Cmdlet(VerbsCommon.Remove, "AdxTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAdxTableCommand : SchemaCmdlet
{
    /// <summary>The names of the tables, taken as they are: nothing in them is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Drops them one by one.</summary>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (!ShouldProcess($"{Connected.Database}.{name}", "Drop table with all its data"))
                continue;
            if (TryAwait(new AdxTables(Client).DropAsync(name, Connected.Database, Stop), name))
                State.ForgetTable(Connected.Database, name);
        }
    }
}
