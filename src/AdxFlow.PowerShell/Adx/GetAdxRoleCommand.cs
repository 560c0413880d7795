using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows who has which role on the database, or on a table.</summary>
[Cmdlet(VerbsCommon.Get, "AdxRole")]
[OutputType(typeof(AdxRoleAssignment))]
public sealed class GetAdxRoleCommand : SchemaCmdlet
{
    /// <summary>The tables; the database by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>Writes the assignments.</summary>
    protected override void ProcessRecord()
    {
        var roles = new AdxRoles(Client);
        foreach (string? table in Table ?? new string?[] { null })
        {
            if (TryAwait(roles.GetAsync(Connected.Database, table, Stop), table, out IReadOnlyList<AdxRoleAssignment>? assignments))
                WriteObject(assignments, enumerateCollection: true);
        }
    }
}
