using System.Management.Automation;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>A cmdlet about ingestions: given as objects, by their ids in this session, or by the ids of their operations in the service.</summary>
public abstract class IngestionCmdlet : ConnectedCmdlet
{
    private protected const string ObjectSet = "Object";
    private protected const string IdSet = "Id";
    private protected const string OperationSet = "Operation";

    private readonly HashSet<Guid> _asked = [];

    /// <summary>What Send-AdxData wrote, also in another session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [IngestionTransformation]
    [ValidateNotNull]
    public AdxIngestion[] Ingestion { get; set; } = [];

    /// <summary>Ids of ingestions of this session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(IngestionIdCompleter))]
    public Guid[] Id { get; set; } = [];

    /// <summary>Ids that the service gave when it queued batches, whoever has sent them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OperationSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] OperationId { get; set; } = [];

    /// <summary>The table that the operations are about.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OperationSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Table { get; set; } = "";

    /// <summary>The database to use; that of the object that names an operation, or the connection's own by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = OperationSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    public override string? Database { get; set; }

    private protected virtual IEnumerable<AdxIngestion> Asked() => ParameterSetName switch
    {
        ObjectSet => Ingestion,
        IdSet => Id.Select(Find).OfType<AdxIngestion>(),
        // The batches of one operation name it once each; it is one thing to ask for.
        _ => OperationId.Select(id => IngestionTracker.Operation(id, Connected.Database, Table)).Where(ingestion => _asked.Add(ingestion.Id)),
    };

    /// <summary>Keeps what this session has sent up to date; what others have sent is not taken for its own.</summary>
    private protected static void Update(AdxIngestion now)
    {
        if (State.FindIngestion(now.Id) is not null)
            State.Remember(now);
    }

    private AdxIngestion? Find(Guid id)
    {
        if (State.FindIngestion(id) is { } known)
            return known;
        WriteError(new AdxException("AdxIngestionNotFound", AdxErrorKind.NotFound, $"This session has sent no ingestion {id}.")
        {
            RecommendedAction = "Give the object that Send-AdxData wrote, or -OperationId and -Table.",
        }.ToErrorRecord(id));
        return null;
    }
}
