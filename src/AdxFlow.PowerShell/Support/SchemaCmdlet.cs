using System.Management.Automation;

namespace AdxFlow.PowerShell.Support;

/// <summary>
/// A cmdlet about what a database holds, which takes the database from the objects piped into it as well. Those that take
/// rows must not: a row may have a property of that name too.
/// </summary>
public abstract class SchemaCmdlet : ConnectedCmdlet
{
    /// <summary>The database to use; that of the object piped in, or the connection's own by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public override string? Database { get; set; }
}
