using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Finds out which flows use a base connection, over its source connections.</summary>
internal sealed class ConnectionUse(FlowClient client)
{
    private const int MostNamed = 10;

    // What fits into an address with room to spare.
    private const int IdsPerRequest = 40;

    /// <summary>The refusal to delete it, with the names of those that use it; as it was where they cannot be found.</summary>
    public async Task<FlowException> ExplainAsync(string connectionId, FlowException refusal, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> flows;
        try
        {
            flows = await FindAsync(connectionId, cancellationToken);
        }
        catch (FlowException)
        {
            return refusal;
        }
        if (flows.Count == 0)
            return refusal;

        string more = flows.Count > MostNamed ? $" and {flows.Count - MostNamed} more" : string.Empty;
        return FlowErrors.Retold(
            refusal,
            refusal.ErrorId,
            refusal.Kind,
            $"The connection '{connectionId}' is used by {string.Join(", ", flows.Take(MostNamed))}{more}. It was not removed.",
            "Remove these flows first (Remove-Flow), then their source connections (Remove-FlowSource).");
    }

    private async Task<IReadOnlyList<string>> FindAsync(string connectionId, CancellationToken cancellationToken)
    {
        var sources = new List<string>();
        FlowRequest ofConnection = new FlowRequest(ConnectionOperations.ListSources).With("property", FlowFilter.Equal("baseConnectionId", connectionId)).With("limit", "100");
        await foreach (JsonElement source in client.ListEntitiesAsync(ofConnection, cancellationToken))
        {
            if (source.Text("id") is { } id)
                sources.Add(id);
        }

        var flows = new List<string>();
        foreach (string[] some in sources.Chunk(IdsPerRequest))
        {
            FlowRequest ofSources = new FlowRequest(ConnectionOperations.ListFlows).With("property", FlowFilter.Equal("sourceConnectionIds[]", some)).With("limit", "100");
            await foreach (JsonElement flow in client.ListEntitiesAsync(ofSources, cancellationToken))
                flows.Add($"flow '{flow.Text("name") ?? flow.Text("id")}' ({flow.Text("state") ?? "state unknown"})");
        }
        return flows;
    }
}
