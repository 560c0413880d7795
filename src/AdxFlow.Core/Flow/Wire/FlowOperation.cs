using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>
/// One operation of an Adobe service: what Core may send at all. Each request is made of one, so that a test can hold every
/// path, method and query name against what Adobe publishes.
/// </summary>
internal sealed class FlowOperation
{
    /// <summary>Declares an operation.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="service">The service's part of the path, of <see cref="FlowServices"/>.</param>
    /// <param name="path">What follows, with a leading slash; <c>{…}</c> stands for an id.</param>
    /// <param name="query">The names of all query parameters it may carry.</param>
    public FlowOperation(RequestMethod method, string service, string path, params string[] query)
    {
        Method = method;
        Service = service;
        Path = path;
        Query = query;
    }

    public RequestMethod Method { get; }

    public string Service { get; }

    public string Path { get; }

    public IReadOnlyList<string> Query { get; }

    public override string ToString() => $"{Method} {Path}";
}
