namespace AdxFlow.Core.Tests.Flow;

/// <summary>An operation as Adobe publishes it.</summary>
internal sealed record PublishedOperation(string Method, string Path, IReadOnlyList<string> Query);
