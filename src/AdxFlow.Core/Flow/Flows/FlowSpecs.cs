using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>Reads flow specifications.</summary>
internal sealed class FlowSpecs(FlowClient client)
{
    private const string TableToDataset = "CRMToAEP";

    private static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/flowSpecs", "property");
    private static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/flowSpecs/{id}");

    /// <summary>Lists them.</summary>
    /// <param name="connectionSpecId">Only those whose flows can come from this connector; null means all.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async IAsyncEnumerable<FlowSpec> ListAsync(string? connectionSpecId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonElement item in client.ListAsync(new FlowRequest(List), cancellationToken))
        {
            FlowSpec spec = FlowSpecReader.Read(item);
            if (Takes(spec, connectionSpecId))
                yield return spec;
        }
    }

    /// <summary>
    /// The specification that brings tables of a connector into datasets, as the service has it now. Where this credential may not
    /// read it, or the service lists none, it is the one of Adobe's tutorials.
    /// </summary>
    /// <param name="connectionSpecId">The connector; null where that is not known.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<FlowSpec> FindTableSpecAsync(string? connectionSpecId, CancellationToken cancellationToken)
    {
        var tutorials = new FlowSpec { Id = FlowSpecReference.TableToDataset.Id, Name = TableToDataset, Version = FlowSpecReference.TableToDataset.Version };
        FlowRequest request = new FlowRequest(List).With("property", FlowFilter.EqualText("name", TableToDataset));
        try
        {
            await foreach (JsonElement item in client.ListAsync(request, cancellationToken))
            {
                FlowSpec spec = FlowSpecReader.Read(item);
                if (Takes(spec, connectionSpecId))
                    return spec;
            }
        }
        catch (FlowException hidden) when (hidden.Kind is AdxErrorKind.PermissionDenied or AdxErrorKind.NotFound)
        {
            // Then it must be the one that is written down.
        }
        return tutorials;
    }

    /// <summary>Gets one.</summary>
    /// <exception cref="FlowException"><c>FlowNotFound</c>: there is none of that id.</exception>
    public async Task<FlowSpec> GetAsync(string id, CancellationToken cancellationToken) =>
        FlowSpecReader.Read(await client.GetAsync(new FlowRequest(Get, id) { Subject = $"flow spec '{id}'" }, cancellationToken));

    private static bool Takes(FlowSpec spec, string? connectionSpecId) => spec.Id.Length > 0 && (connectionSpecId is null || spec.SourceSpecIds.Contains(connectionSpecId, StringComparer.OrdinalIgnoreCase));
}
