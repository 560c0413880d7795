using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Endpoints.Queries;

/// <summary>A query from its start to its end, and what can stop it: a command, its timeout, its client, the end of the server.</summary>
internal sealed class RunningQuery : IDisposable
{
    private static readonly TimeSpan ClientPoll = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop;
    private readonly Timer _timeout;
    private readonly Timer _client;
    private ServiceException? _interruption;
    private bool _disposed;

    /// <param name="exchange">The request.</param>
    /// <param name="database">The database.</param>
    /// <param name="text">The query.</param>
    /// <param name="properties">The request properties as they were sent.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="serverStop">The end of the server.</param>
    public RunningQuery(Exchange exchange, HostedDatabase database, string text, string properties, TimeSpan timeout, CancellationToken serverStop)
    {
        Database = database;
        Text = text;
        Properties = properties;
        Caller = exchange.Caller;
        ClientRequestId = exchange.ClientRequestId;
        ActivityId = Guid.Parse(exchange.ActivityId);
        Application = exchange.Header("x-ms-app") ?? "";
        _stop = CancellationTokenSource.CreateLinkedTokenSource(serverStop);
        Token = _stop.Token;
        _timeout = new Timer(_ => Stop(QueryErrors.Timeout(timeout)), null, timeout, Timeout.InfiniteTimeSpan);
        _client = new Timer(_ => StopIfGone(exchange), null, ClientPoll, ClientPoll);
    }

    public HostedDatabase Database { get; }

    public string Text { get; }

    public string Properties { get; }

    public Caller Caller { get; }

    public string ClientRequestId { get; }

    public Guid ActivityId { get; }

    public string Application { get; }

    public DateTime StartedOn { get; } = DateTime.UtcNow;

    /// <summary>Set when the query must stop.</summary>
    public CancellationToken Token { get; }

    public DateTime? EndedOn { get; private set; }

    public QueryState State { get; private set; } = QueryState.InProgress;

    public string FailureReason { get; private set; } = "";

    /// <summary>Why it was stopped, for its answer; null where nobody stopped it, or where the client is gone or the server ends.</summary>
    public ServiceException? Interruption
    {
        get
        {
            lock (_gate)
                return _interruption;
        }
    }

    /// <summary>True where a command stopped it.</summary>
    public bool IsCancelled => Interruption is { Code: QueryErrors.CancelledCode };

    public void Cancel(string reason) => Stop(QueryErrors.Cancelled(reason));

    /// <summary>Writes down how it ended; the first word counts.</summary>
    public void End(ServiceException? error)
    {
        lock (_gate)
        {
            if (State != QueryState.InProgress) return;
            EndedOn = DateTime.UtcNow;
            State = error is null ? QueryState.Completed : error.Code == QueryErrors.CancelledCode ? QueryState.Cancelled : QueryState.Failed;
            FailureReason = error?.Message ?? "";
        }
    }

    public void Dispose()
    {
        _timeout.Dispose();
        _client.Dispose();
        lock (_gate)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }

    private void StopIfGone(Exchange exchange)
    {
        if (exchange.IsClientGone()) Stop(null);
    }

    private void Stop(ServiceException? reason)
    {
        lock (_gate)
        {
            if (_disposed || _stop.IsCancellationRequested) return;
            _interruption = reason;
            _stop.Cancel();
        }
    }
}
