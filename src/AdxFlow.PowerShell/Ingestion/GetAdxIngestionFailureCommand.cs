using System.Management.Automation;
using AdxFlow.Ingestion.Status;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Shows what the engine has recorded of failed ingestions, whoever has sent the data.</summary>
[Cmdlet(VerbsCommon.Get, "AdxIngestionFailure")]
[OutputType(typeof(AdxIngestionFailure))]
public sealed class GetAdxIngestionFailureCommand : SchemaCmdlet
{
    /// <summary>Tables; all of the database by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>Only failures recorded then or later; all that the service keeps by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StartTime")]
    public DateTime? Since { get; set; }

    /// <summary>Only failures of these operations of the engine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Guid[]? OperationId { get; set; }

    /// <summary>Writes the failures, the oldest first.</summary>
    protected override void ProcessRecord()
    {
        var failures = new IngestionFailures(Client);
        string?[] tables = Table is null ? [null] : [.. Table];
        Guid?[] operations = OperationId is null ? [null] : [.. OperationId];
        foreach (string? table in tables)
        {
            foreach (Guid? id in operations)
            {
                if (TryAwait(failures.GetAsync(table, Since?.ToUniversalTime(), id, cancellationToken: Stop), (object?)table ?? Connected.Database, out IReadOnlyList<AdxIngestionFailure>? found))
                    WriteObject(found, enumerateCollection: true);
            }
        }
    }
}
