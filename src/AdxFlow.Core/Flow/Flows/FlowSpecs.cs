using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads flow specifications.</summary>
internal sealed class FlowSpecs(FlowClient client)
{
    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/flowSpecs", "property");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/flowSpecs/{id}");

    /// <summary>Lists them.</summary>
    public async IAsyncEnumerable<FlowSpec> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonElement item in client.ListAsync(new FlowRequest(List), cancellationToken))
            yield return FlowSpecReader.Read(item);
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowSpec> GetAsync(string id, CancellationToken cancellationToken) =>
        FlowSpecReader.Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"flow spec '{id}'" }, cancellationToken));
}
