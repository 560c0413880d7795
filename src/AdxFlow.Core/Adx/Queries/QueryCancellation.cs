namespace AdxFlow.Adx;

/// <summary>
/// Tells the service that nobody waits for a query any more. It would notice by itself only when it next writes to the closed connection,
/// and work on until then.
/// </summary>
/// <param name="send">Sends the command; what goes wrong with it is nobody's concern any more.</param>
internal sealed class QueryCancellation(Func<Task> send)
{
    /// <summary>Long enough for a round trip; whoever stops does not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _sent;

    public QueryCancellation(AdxConnection connection, string? database, string clientRequestId)
        : this(() => SendAsync(connection, database, clientRequestId))
    {
    }

    /// <summary>Sends the command once, on another thread, and forgets it: it may come too late, or be refused, and then nothing is lost.</summary>
    public void Send()
    {
        if (Interlocked.Exchange(ref _sent, 1) == 0)
            _ = Task.Run(send);
    }

    private static async Task SendAsync(AdxConnection connection, string? database, string clientRequestId)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var options = new AdxRequestOptions { Database = database, Operation = "CancelQuery" };
            await new AdxClient(connection).ExecuteCommandAsync(QueryCommands.Cancel(clientRequestId), options, patience.Token);
        }
        catch (Exception failed) when (failed is AdxException or OperationCanceledException)
        {
            // The query has ended meanwhile, the service cannot be reached, or it does not know the command: then it ends by its own limits.
        }
    }
}
