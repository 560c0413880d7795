namespace AdxFlow.Local.Endpoints.Ingestion;

/// <summary>A command as <c>.show operations</c> tells it.</summary>
internal sealed class LoggedOperation(string operation, string database, string principal)
{
    /// <summary>The state of one that has not ended.</summary>
    public const string Running = "InProgress";

    private readonly object _gate = new();
    private State _state = new(Running, "", DateTime.UtcNow, false);

    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The alias of the command, such as <c>DataIngestPull</c>.</summary>
    public string Operation => operation;

    public string Database => database;

    public string Principal => principal;

    public DateTime StartedOn { get; init; } = DateTime.UtcNow;

    /// <summary>The result, where the command asked for it to be kept; null for none.</summary>
    public ExtentDetails? Details { get; set; }

    public State Current
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>What it becomes by ending with an error or, for null, without.</summary>
    public static State Ended(Exception? error)
    {
        string state = error switch
        {
            null => "Completed",
            IngestionException { Code: BlobIngestion.Skipped } => "Skipped",
            _ => "Failed",
        };
        return new State(state, error?.Message ?? "", DateTime.UtcNow, error is IngestionException { Transient: true });
    }

    public void Become(State state)
    {
        lock (_gate)
            _state = state;
    }

    /// <summary>The state, the text that goes with it, since when, and whether a further try may help.</summary>
    internal sealed record State(string Name, string Status, DateTime UpdatedOn, bool ShouldRetry);
}
