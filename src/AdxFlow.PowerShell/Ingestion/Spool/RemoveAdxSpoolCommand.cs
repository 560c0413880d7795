using System.Management.Automation;
using AdxFlow.Ingestion.Spool;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion.Spool;

/// <summary>Drops spools with the rows in them that are not in the table.</summary>
[Cmdlet(VerbsCommon.Remove, "AdxSpool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAdxSpoolCommand : AdxCmdlet
{
    /// <summary>The directories of the ingestions, each of one; nothing in them is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Drops them one by one.</summary>
    protected override void ProcessRecord()
    {
        foreach (string given in Path)
        {
            if (FileSystemPath.Find(this, given) is not { } path)
            {
                WriteError(SpoolErrors.NotFound(given).ToErrorRecord(given));
                continue;
            }
            if (!ShouldProcess(path, $"Drop the spool with {Rows(path)}"))
                continue;
            try
            {
                AdxSpools.Remove(path);
            }
            catch (AdxException failure)
            {
                WriteError(failure.ToErrorRecord(path));
            }
        }
    }

    private static string Rows(string path)
    {
        try
        {
            return $"{AdxSpools.Read(path).Batches.Sum(static batch => batch.Rows)} rows that are not known to be in the table";
        }
        catch (AdxException)
        {
            // A damaged one can still be dropped, and what is none is told when it is tried.
            return "all that is in it";
        }
    }
}
