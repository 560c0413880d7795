using System.Management.Automation;
using AdxFlow.Access;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Tells what the connection's principal may do on the database, or on a table, and which role is missing. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AdxAccess")]
[OutputType(typeof(AdxAccess), typeof(bool))]
public sealed class TestAdxAccessCommand : SchemaCmdlet
{
    private bool _isAllowed = true;

    /// <summary>The tables; the database by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>What is to be done: Query, Ingest, ShowSchema, CreateTable, Administer. By default all that there is.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public AdxOperation[]? For { get; set; }

    /// <summary>Writes one bool: whether everything asked about is known to be allowed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Asks, and writes an answer for each operation.</summary>
    protected override void ProcessRecord()
    {
        var check = new AdxAccessCheck(Client);
        foreach (string? table in Table ?? new string?[] { null })
        {
            if (!TryAwait(check.TestAsync(For, Connected.Database, table, Stop), table ?? Connected.Database, out IReadOnlyList<AdxAccess>? answers))
            {
                _isAllowed = false;
                continue;
            }
            _isAllowed &= answers.All(static answer => answer.IsAllowed == true);
            if (!Quiet)
                WriteObject(answers, enumerateCollection: true);
        }
    }

    /// <summary>Writes the one answer of -Quiet.</summary>
    protected override void EndProcessing()
    {
        if (Quiet)
            WriteObject(_isAllowed);
    }
}
