using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion.Spool;

/// <summary>Shows what spools hold: rows taken, batches that are not confirmed, errors. It changes nothing and needs no connection.</summary>
[Cmdlet(VerbsCommon.Get, "AdxSpool")]
[OutputType(typeof(AdxSpool))]
public sealed class GetAdxSpoolCommand : AdxCmdlet
{
    /// <summary>The directory given to Send-AdxData as -SpoolPath, or that of one ingestion in it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SpoolPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Names given with -SpoolName, or ids; with wildcards. All by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SpoolNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Writes each.</summary>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
            WriteObject(SpoolPaths.Find(this, path, Name), enumerateCollection: true);
    }
}
