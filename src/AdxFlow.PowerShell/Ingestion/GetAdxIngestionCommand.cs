using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Asks the service what has become of ingestions: of those given, or of all that this session has sent.</summary>
[Cmdlet(VerbsCommon.Get, "AdxIngestion", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(AdxIngestion))]
public sealed class GetAdxIngestionCommand : ConnectedCmdlet
{
    private const string SessionSet = "Session";
    private const string ObjectSet = "Object";
    private const string IdSet = "Id";

    /// <summary>What Send-AdxData wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public AdxIngestion[] Ingestion { get; set; } = [];

    /// <summary>Ids of ingestions of this session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    public Guid[] Id { get; set; } = [];

    /// <summary>Asks for each.</summary>
    protected override void ProcessRecord()
    {
        foreach (AdxIngestion ingestion in Asked())
        {
            if (TryAwait(new IngestionTracker(Connected).RefreshAsync(ingestion, Stop), ingestion, out AdxIngestion? now))
            {
                State.Remember(now);
                WriteObject(now);
            }
        }
    }

    private IEnumerable<AdxIngestion> Asked() => ParameterSetName switch
    {
        ObjectSet => Ingestion,
        IdSet => Id.Select(Find).OfType<AdxIngestion>(),
        _ => State.Ingestions.ToArray(),
    };

    private AdxIngestion? Find(Guid id)
    {
        if (State.FindIngestion(id) is { } known)
            return known;
        WriteError(new AdxException("AdxIngestionNotFound", AdxErrorKind.NotFound, $"This session has sent no ingestion {id}.")
        {
            RecommendedAction = "Give the object that Send-AdxData wrote.",
        }.ToErrorRecord(id));
        return null;
    }
}
