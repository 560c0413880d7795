using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>The operations on base connections.</summary>
internal static class ConnectionOperations
{
    public static readonly FlowOperation List = new(RequestMethod.Get, FlowServices.FlowService, "/connections", "property", "limit");

    public static readonly FlowOperation Get = new(RequestMethod.Get, FlowServices.FlowService, "/connections/{id}");

    public static readonly FlowOperation Create = new(RequestMethod.Post, FlowServices.FlowService, "/connections", "mode");

    public static readonly FlowOperation Update = new(RequestMethod.Patch, FlowServices.FlowService, "/connections/{id}");

    public static readonly FlowOperation Delete = new(RequestMethod.Delete, FlowServices.FlowService, "/connections/{id}");

    public static readonly FlowOperation Act = new(RequestMethod.Post, FlowServices.FlowService, "/connections/{id}/action", "op");

    public static readonly FlowOperation Test = new(RequestMethod.Get, FlowServices.FlowService, "/connections/{id}/test");

    public static readonly FlowOperation Explore = new(RequestMethod.Get, FlowServices.FlowService, "/connections/{id}/explore", "objectType", "object", "preview");

    public static readonly FlowOperation ListSources = new(RequestMethod.Get, FlowServices.FlowService, "/sourceConnections", "property", "limit");

    public static readonly FlowOperation ListFlows = new(RequestMethod.Get, FlowServices.FlowService, "/flows", "property", "limit");
}
