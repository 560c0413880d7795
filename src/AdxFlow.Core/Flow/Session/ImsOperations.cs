using Azure.Core;

namespace AdxFlow.Flow;

/// <summary>What is asked of Adobe's identity service.</summary>
internal static class ImsOperations
{
    public static readonly FlowOperation GetToken = new(RequestMethod.Post, "/ims", "/token/v3");
}
