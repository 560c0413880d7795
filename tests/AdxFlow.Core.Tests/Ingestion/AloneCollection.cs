namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>Tests that change, or listen to, what the whole process has: they run after all others, one at a time.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
