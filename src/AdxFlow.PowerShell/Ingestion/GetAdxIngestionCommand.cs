using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Asks the service what has become of ingestions: of those given, or of all that this session has sent.</summary>
[Cmdlet(VerbsCommon.Get, "AdxIngestion", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(AdxIngestion))]
public sealed class GetAdxIngestionCommand : IngestionCmdlet
{
    private const string SessionSet = "Session";

    /// <summary>The database to use; that of the object that names an operation, or the connection's own by default.</summary>
    // Bound by name in the default set too, an object that names an operation would be taken for none of its own.
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = OperationSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public override string? Database { get; set; }

    /// <summary>Asks for each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxIngestion ingestion in Asked())
        {
            if (TryAwait(new IngestionTracker(Connected).RefreshAsync(ingestion, Stop), ingestion, out AdxIngestion? now))
            {
                Update(now);
                WriteObject(now);
            }
        }
    }

    private protected override IEnumerable<AdxIngestion> Asked() => ParameterSetName == SessionSet ? State.Ingestions.ToArray() : base.Asked();
}
