using Azure.Core.Pipeline;

namespace AdxFlow.Auth;

/// <summary>What a sign-in needs to know of the cluster it is for.</summary>
/// <param name="Cluster">The cluster; its host has been checked.</param>
/// <param name="Metadata">How the cluster wants one to sign in; checked as well.</param>
/// <param name="Transport">What token requests go through.</param>
internal sealed record SignInContext(Uri Cluster, CloudMetadata Metadata, HttpPipelineTransport Transport);
